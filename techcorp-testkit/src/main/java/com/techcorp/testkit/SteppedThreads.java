package com.techcorp.testkit;

import com.techcorp.concurrent.Threads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An engine without threads: everything the library would do on threads of its own waits here until
 * a test steps it, on the test's own thread, one task after the other and in an order that only
 * depends on what was submitted when. Time is the stepped clock's. The same steps lead to the same
 * run, always.
 *
 * <pre>{@code
 * SteppedClock clock = SteppedClock.create();
 * SteppedThreads threads = SteppedThreads.on(clock);
 * try (TechCorp shop = TechCorp.builder().threads(threads).storage(MemoryStorage.create(clock))…) {
 *   shop.orders().place(order);           // durable when it returns; nothing else has happened
 *   threads.run();                        // all that can happen without time passing
 *   clock.advance(Duration.ofSeconds(5));
 *   threads.run();                        // what was due in these 5 s, each timer once
 * }
 * }</pre>
 *
 * <p>Where the library waits, what is queued runs meanwhile; a wait that nothing can end throws
 * {@link IllegalStateException}, because on this thread it would never end. Where a task is to
 * stand still while others go on, as a call that hangs does, take {@link #holdable}. Use one for
 * each simulated process, from one thread.
 */
public final class SteppedThreads implements Threads {
  private final SteppedClock clock;
  private final Instant origin;
  private final @Nullable Carriers carriers;
  private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>();
  private long now;
  private long submitted;
  private boolean stopped;
  private BiFunction<String, Runnable, Runnable> decoration = (name, task) -> task;

  private SteppedThreads(SteppedClock clock, @Nullable Carriers carriers) {
    this.clock = clock;
    this.carriers = carriers;
    this.origin = clock.now();
  }

  /**
   * Creates threads that run on a stepped clock.
   *
   * @param clock its time; the storage's is best the same one
   * @return the threads of one simulated process
   */
  public static SteppedThreads on(SteppedClock clock) {
    return new SteppedThreads(clock, null);
  }

  /**
   * Threads whose tasks can stand still with {@link #hold}, while others go on. Each task runs on a
   * thread of its own, still one at a time and in the same order each time; one that stands still
   * occupies a thread of its executor. A wait that nothing which is due can end stands still as
   * well, until time has passed. Slower than {@link #on}.
   *
   * @param clock its time; the storage's is best the same one
   * @return the threads of one simulated process
   */
  public static SteppedThreads holdable(SteppedClock clock) {
    return new SteppedThreads(clock, new Carriers());
  }

  /**
   * Runs what is due, and what that submits, until nothing is due at this time any more. An error
   * that a task throws ends the run and comes out here.
   *
   * @return how many tasks ran
   */
  public int run() {
    int ran = 0;
    while (runNext()) {
      ran++;
    }
    return ran;
  }

  /**
   * Returns the time until the next task is due.
   *
   * @return how long until then, zero if it is due; null if none waits
   */
  public @Nullable Duration untilNext() {
    Task<?> next = next();
    return next == null ? null : Duration.ofNanos(Math.max(0, next.at - nanoTime()));
  }

  /**
   * Puts something around each task, inside of the library's guard.
   *
   * @param decorator given the name of a timer or pool and the task that it runs
   * @return this
   */
  public SteppedThreads decoratedBy(BiFunction<String, Runnable, Runnable> decorator) {
    decoration = decorator;
    return this;
  }

  @Override
  public Runnable decorate(String name, Runnable task) {
    return decoration.apply(name, task);
  }

  /**
   * Runs what a thread of the host does, such as a call of the library's. Of {@link #holdable}
   * threads it can stand still like any task.
   *
   * @param code what to run; what it throws comes out here, or of the run that it goes on in
   * @return false if it stands still
   */
  public boolean call(Runnable code) {
    if (carriers == null) {
      code.run();
      return true;
    }
    return carriers.run(this, code);
  }

  /**
   * Lets the calling task stand still, while others run: a call that hangs. An interruption does
   * not end it.
   *
   * @param until asked before each task that runs; once true, this task goes on
   * @throws IllegalStateException if it is not called from a task of {@link #holdable} threads
   */
  public void hold(BooleanSupplier until) {
    if (carriers == null) {
      throw new IllegalStateException("use SteppedThreads.holdable");
    }
    carriers.hold(until);
  }

  /**
   * The process stands still for good: what waits is forgotten and nothing runs any more. What it
   * held is left as it is, as {@code kill -9} would.
   */
  public void stop() {
    stopped = true;
    tasks.clear();
    if (carriers != null && !carriers.isInside()) {
      carriers.abandon();
    }
  }

  @Override
  public long nanoTime() {
    now = Math.max(now, Duration.between(origin, clock.now()).toNanos()); // monotonic, whatever
    return now;
  }

  @Override
  public ScheduledExecutorService timer(String name, int threads) {
    return new Stepped(name, threads, true);
  }

  @Override
  public ExecutorService pool(String name, int threads) {
    return new Stepped(name, threads, false);
  }

  @Override
  public void await(CompletableFuture<?> future) {
    while (!future.isDone()) {
      if (!runNext()) {
        if (!canHold()) {
          throw new IllegalStateException(
              stopped
                  ? "this process was stopped"
                  : "nothing that is due can end this wait: it needs time to pass, or is for ever");
        }
        hold(future::isDone);
      }
    }
  }

  private boolean canHold() {
    return !stopped && carriers != null && carriers.isInside();
  }

  @Override
  public boolean await(CompletableFuture<?> future, Duration limit) {
    while (!future.isDone() && runNext()) {
      // the next one
    }
    if (!future.isDone() && limit.compareTo(Duration.ZERO) > 0 && canHold()) {
      long deadline = nanoTime() + limit.toNanos();
      hold(() -> future.isDone() || nanoTime() >= deadline);
    }
    return future.isDone();
  }

  private @Nullable Task<?> next() {
    Task<?> next = tasks.peek();
    while (next != null && next.isDone()) {
      tasks.remove(); // cancelled
      next = tasks.peek();
    }
    return next;
  }

  private boolean runNext() {
    if (!stopped && carriers != null && carriers.resumeNext()) {
      return true;
    }
    Task<?> next = nextWithThread();
    if (stopped || next == null || next.at > nanoTime()) {
      return false;
    }
    tasks.remove(next);
    if (carriers == null) {
      next.run();
    } else {
      carriers.run(next.of, next);
    }
    return true;
  }

  /** The next one whose executor has a thread that does not stand still. */
  private @Nullable Task<?> nextWithThread() {
    Task<?> next = next();
    if (carriers == null || next == null || carriers.held(next.of) < next.of.threads) {
      return next;
    }
    return tasks.stream()
        .filter(task -> !task.isDone() && carriers.held(task.of) < task.of.threads)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** One executor; all share one queue. */
  private final class Stepped extends AbstractExecutorService implements ScheduledExecutorService {
    private final String name;
    private final int threads;
    private final boolean drops;
    private boolean shut;

    Stepped(String name, int threads, boolean dropsAfterShutdown) {
      this.name = name;
      this.threads = threads;
      this.drops = dropsAfterShutdown;
    }

    private <V> Task<V> submit(Callable<V> work, long delayNanos, long periodNanos) {
      Task<V> task = new Task<>(this, work, nanoTime() + delayNanos, periodNanos);
      if (shut && !drops) {
        throw new RejectedExecutionException(name + " was shut down");
      }
      if (!shut && !stopped) {
        tasks.add(task);
      }
      return task;
    }

    @Override
    public void execute(Runnable command) {
      submit(asCallable(command), 0, 0).loud = true;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
      return submit(asCallable(command), unit.toNanos(delay), 0);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
      return submit(callable, unit.toNanos(delay), 0);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(
        Runnable command, long initialDelay, long period, TimeUnit unit) {
      return submit(asCallable(command), unit.toNanos(initialDelay), unit.toNanos(period));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        Runnable command, long initialDelay, long delay, TimeUnit unit) {
      return submit(asCallable(command), unit.toNanos(initialDelay), unit.toNanos(delay));
    }

    @Override
    public void shutdown() {
      shut = true;
      if (drops) {
        tasks.removeIf(task -> task.of == this);
      }
    }

    @Override
    public List<Runnable> shutdownNow() {
      shut = true;
      List<Runnable> never = new ArrayList<>();
      tasks.removeIf(task -> task.of == this && never.add(task));
      return never;
    }

    @Override
    public boolean isShutdown() {
      return shut;
    }

    @Override
    public boolean isTerminated() {
      return shut
          && tasks.stream().noneMatch(task -> task.of == this)
          && (carriers == null || carriers.held(this) == 0);
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      while (!isTerminated() && runNext()) {
        // the next one
      }
      return isTerminated();
    }
  }

  private static Callable<Void> asCallable(Runnable command) {
    return () -> {
      command.run();
      return null;
    };
  }

  /** Errors are not kept in an ignored future: they stop the run. */
  private final class Task<V> extends CompletableFuture<V> implements ScheduledFuture<V>, Runnable {
    private final Stepped of;
    private final Callable<V> work;
    private final long number = ++submitted;
    private final long period;
    private long at;
    private boolean loud;

    Task(Stepped of, Callable<V> work, long at, long period) {
      this.of = of;
      this.work = work;
      this.at = at;
      this.period = period;
    }

    @Override
    public void run() {
      try {
        V result = work.call();
        if (period == 0) {
          complete(result);
        } else if (!isDone() && !of.shut && !stopped) {
          at = nanoTime() + period;
          tasks.add(this);
        }
      } catch (Exception e) {
        completeExceptionally(e);
        if (loud) {
          throw new IllegalStateException("a task of " + of.name + " failed", e);
        }
      }
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      Task<?> task = (Task<?>) other;
      int byTime = Long.compare(at, task.at);
      return byTime == 0 ? Long.compare(number, task.number) : byTime;
    }
  }
}
