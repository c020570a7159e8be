package com.techcorp.testkit.fault;

import com.techcorp.Storage;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
  private final FaultPlan plan = new FaultPlan();

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
  public Faults at(int crossing, Fault fault) {
    plan.at(crossing, fault);
    return this;
  }

  /**
   * Says that calls of a name change nothing, so that a sweep need not try them twice in a row.
   *
   * @param method the method's name, in any port
   * @return this
   */
  public Faults reading(String method) {
    plan.reading(method);
    return this;
  }

  /**
   * Sets what else happens at the stop, such as {@code threads::stop}.
   *
   * @param action runs once, where the process stops
   * @return this
   */
  public Faults whenStopped(Runnable action) {
    plan.whenStopped(action);
    return this;
  }

  /**
   * How a thread stands still, such as with {@link com.techcorp.testkit.SteppedThreads#hold}.
   * Without it a fault that holds is an {@link IllegalStateException}.
   *
   * @param action told which fault it is, on the thread that crosses; returns when that goes on
   * @return this
   */
  public Faults whenHeld(Consumer<Fault> action) {
    plan.whenHeld(action);
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
    Fault fault = plan.enter(call, true);
    if (fault != null) {
      plan.before(fault, call);
      if (fault == Fault.STOP_AFTER) {
        throw plan.stop("at " + call);
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
    return FaultyPort.of(port, target, plan);
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
              if (!method.getReturnType().isInterface()) {
                return FaultyPort.call(storage, method, args);
              }
              return FaultyPort.of(
                  method.getReturnType(),
                  Objects.requireNonNull(FaultyPort.call(storage, method, args)),
                  plan);
            });
  }

  /**
   * Every call that has crossed.
   *
   * @return a copy
   */
  public List<FaultPoint> crossings() {
    return plan.crossings();
  }

  /**
   * Returns whether the process was stopped.
   *
   * @return true after the fault
   */
  public boolean stopped() {
    return plan.isStopped();
  }

  /** Nothing of the process reaches anything any more. */
  void stopNow() {
    plan.stop("at the end of the play");
  }

  /**
   * Runs an operator's action outside the scenario: its calls are neither counted nor hit by a
   * fault.
   */
  <T> T aside(Supplier<T> action) {
    return plan.aside(action);
  }

  /** Delivers calls that would otherwise never arrive. Call it when all else is done. */
  public void arriveAll() {
    plan.arriveAll();
  }
}
