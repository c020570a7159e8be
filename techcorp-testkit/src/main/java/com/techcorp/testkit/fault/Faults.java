package com.techcorp.testkit.fault;

import com.techcorp.Storage;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.UnavailableException;
import com.techcorp.storage.UnitOfWork.NotWrittenException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands around the ports of one simulated process, counts every call that crosses them, and
 * injects a fault at a chosen call. Once the process is stopped, every call fails with {@link
 * ProcessStopped}: whatever still runs of it reaches nothing any more.
 *
 * <p>Any interface can be a port, so your own ports can be put behind it. Methods count as reading
 * if their names say so ({@link #reading}); all others as writing. Thread-safe; where the order of
 * crossings is to be the same each time, run the process on stepped threads.
 */
public final class Faults {
  /** Calls that change nothing, or nothing but how long a lease lasts. */
  static final Set<String> READS =
      Set.of(
          "find",
          "findAll",
          "findByNumber",
          "findCart",
          "findCustomer",
          "list",
          "signals",
          "ended",
          "needed",
          "events",
          "outcomes",
          "ofCustomer",
          "levels",
          "reservations",
          "ofOrder",
          "refunds",
          "undecided",
          "reported",
          "backlog",
          "waiting",
          "waitingIn",
          "oldest",
          "has",
          "dead",
          "lookUp",
          "channel",
          "idempotencyWindow",
          "requestLifetime",
          "callTimeout",
          "ownsAddress",
          "renew",
          "hold");

  private final Map<Integer, Fault> planned = new HashMap<>();
  private final List<FaultPoint> crossings = new ArrayList<>();
  private final Set<String> reads = new java.util.HashSet<>(READS);
  private final List<Runnable> late = new ArrayList<>();
  private Runnable whenStopped = () -> {};
  private Consumer<Fault> whenHeld =
      fault -> {
        throw new IllegalStateException(fault + " needs Faults.whenHeld");
      };
  private int version;
  private boolean aside;
  private @Nullable String stoppedAt;

  private Faults() {}

  /**
   * Returns faults that only count instructions.
   *
   * @return to be told of faults
   */
  public static Faults none() {
    return new Faults();
  }

  /**
   * Makes a fault happen.
   *
   * @param crossing at which crossing, counted from 0
   * @param fault what happens
   * @return this
   */
  public synchronized Faults at(int crossing, Fault fault) {
    planned.put(crossing, fault);
    return this;
  }

  /**
   * Says that calls of a name change nothing, so that a sweep need not try them twice in a row.
   *
   * @param method the method's name, in any port
   * @return this
   */
  public synchronized Faults reading(String method) {
    reads.add(method);
    return this;
  }

  /**
   * Sets what else happens at the stop, such as {@code threads::stop}.
   *
   * @param action runs once, where the process stops
   * @return this
   */
  public synchronized Faults whenStopped(Runnable action) {
    whenStopped = action;
    return this;
  }

  /**
   * How a thread stands still, such as with {@link com.techcorp.testkit.SteppedThreads#hold}.
   * Without it a fault that holds is an {@link IllegalStateException}.
   *
   * @param action told which fault it is, on the thread that crosses; returns when that goes on
   * @return this
   */
  public synchronized Faults whenHeld(Consumer<Fault> action) {
    whenHeld = action;
    return this;
  }

  /**
   * Puts the beginning of a task behind the faults, as if the thread that runs it called a port
   * first.
   *
   * @param thread names it among the crossings
   * @param task what the thread runs
   * @return to be run instead
   */
  public Runnable around(String thread, Runnable task) {
    return () -> {
      begin(FaultPoint.BEGINNING + thread);
      task.run();
    };
  }

  private void begin(String call) {
    Fault fault = enter(call, true);
    if (fault != null) {
      before(fault, call);
      if (fault == Fault.STOP_AFTER) {
        throw stop("at " + call);
      }
    }
  }

  /**
   * Puts a port behind the faults.
   *
   * @param port the interface
   * @param target what does the work
   * @param <T> the interface
   * @return the port, for the process to use instead
   */
  public <T> T around(Class<T> port, T target) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, args) -> cross(port, target, method, args)));
  }

  /**
   * Puts everything that a storage gives behind the faults.
   *
   * @param storage keeps what the process writes
   * @return the storage, for the process to use instead
   */
  public Storage around(Storage storage) {
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, args) -> {
              if (!method.getReturnType().isInterface() || method.getParameterCount() > 0) {
                return invoke(storage, method, args);
              }
              return aroundAny(
                  method.getReturnType(), Objects.requireNonNull(invoke(storage, method, args)));
            });
  }

  private <T> Object aroundAny(Class<T> port, Object target) {
    return around(port, port.cast(target));
  }

  /**
   * Every call that has crossed.
   *
   * @return a copy
   */
  public synchronized List<FaultPoint> crossings() {
    return List.copyOf(crossings);
  }

  /**
   * Returns whether the process was stopped.
   *
   * @return true after the fault
   */
  public synchronized boolean stopped() {
    return stoppedAt != null;
  }

  /** Returns whether a fault is planned that the process lives through. */
  synchronized boolean isLiving() {
    return planned.values().stream().anyMatch(Fault::lives);
  }

  /** Nothing of the process reaches anything any more. */
  void stopNow() {
    stop("at the end of the play");
  }

  /**
   * Runs an operator's action outside the scenario: its calls are neither counted nor hit by a
   * fault.
   */
  <T> T aside(Supplier<T> action) {
    aside = true;
    try {
      return action.get();
    } finally {
      aside = false;
    }
  }

  /** Delivers calls that would otherwise never arrive. Call it when all else is done. */
  public void arriveAll() {
    List<Runnable> all;
    synchronized (this) {
      all = List.copyOf(late);
      late.clear();
    }
    all.forEach(Runnable::run);
  }

  private @Nullable Object cross(
      Class<?> port, Object target, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return invoke(target, method, args);
    }
    String call = port.getSimpleName() + "." + method.getName();
    Fault fault = enter(call, reads.contains(method.getName()));
    if (fault != null) {
      before(fault, call);
    }
    if (fault == Fault.ARRIVE_LATE) {
      synchronized (this) {
        late.add(() -> arrive(target, method, args));
      }
      throw new UnavailableException("no answer from " + call + " (injected; it arrives later)");
    }
    if (fault == Fault.NOT_WRITTEN) {
      throw new NotWrittenException(call + " was not made (injected)", null);
    }
    Object result;
    try {
      result = invoke(target, method, args);
    } catch (Throwable e) {
      if (fault == Fault.RETURN_LATE) {
        held(fault);
      }
      throw fault == Fault.STOP_AFTER ? stop("after " + call) : e;
    }
    if (fault == Fault.STOP_AFTER) {
      throw stop("after " + call);
    }
    changed(call, method, result);
    if (fault == Fault.LOSE_ANSWER) {
      throw new UnavailableException("the answer of " + call + " was lost (injected)");
    }
    if (fault == Fault.RETURN_LATE) {
      held(fault);
    }
    return result;
  }

  /** Makes the fault happen instead of a call or before it. */
  private void before(Fault fault, String call) {
    switch (fault) {
      case STOP_BEFORE -> throw stop("before " + call);
      case THROW_ERROR -> throw new NoClassDefFoundError("injected before " + call);
      case THROW_OUT_OF_MEMORY -> throw new OutOfMemoryError("injected before " + call);
      case HANG, STALL -> held(fault);
      default -> {}
    }
  }

  private void held(Fault fault) {
    Consumer<Fault> action;
    synchronized (this) {
      action = whenHeld;
    }
    action.accept(fault);
  }

  private synchronized @Nullable Fault enter(String call, boolean reads) {
    if (stoppedAt != null) {
      throw new ProcessStopped(stoppedAt);
    }
    if (aside) {
      return null;
    }
    int index = crossings.size();
    crossings.add(new FaultPoint(index, call, !reads, version));
    return planned.get(index);
  }

  private ProcessStopped stop(String where) {
    synchronized (this) {
      stoppedAt = where;
    }
    whenStopped.run();
    return new ProcessStopped(where);
  }

  /** What the next crossing's version distinguishes; a lease that ends lets late calls arrive. */
  private void changed(String call, Method method, @Nullable Object result) {
    synchronized (this) {
      if (!reads.contains(method.getName()) && !isNothing(method, result)) {
        version++;
      }
    }
    if (call.equals("NodeRegistry.retire")) {
      arriveAll();
    }
  }

  /** A write that says it did nothing. */
  private static boolean isNothing(Method method, @Nullable Object result) {
    if (method.getReturnType() == void.class) {
      return false;
    }
    return result == null
        || result.equals(0)
        || result.equals(false)
        || (result instanceof Collection<?> many && many.isEmpty())
        || (result instanceof Optional<?> one && one.isEmpty());
  }

  /** No caller waits for its answer, which is expected to come too late. */
  private static void arrive(Object target, Method method, @Nullable Object @Nullable [] args) {
    try {
      invoke(target, method, args);
    } catch (TechCorpException e) {
      org.slf4j.LoggerFactory.getLogger(Faults.class).debug("A late call was refused", e);
    } catch (Throwable e) {
      throw new IllegalStateException("a late call failed in a way of its own", e);
    }
  }

  private static @Nullable Object invoke(
      Object target, Method method, @Nullable Object @Nullable [] args) throws Throwable {
    try {
      method.setAccessible(true);
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
