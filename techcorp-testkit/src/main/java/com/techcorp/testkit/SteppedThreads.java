package com.techcorp.testkit;

import com.techcorp.concurrent.Threads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
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
  private final @Nullable Carriers carriers;
  private final SteppedTasks tasks;
  private BiFunction<String, Runnable, Runnable> decoration = (name, task) -> task;

  private SteppedThreads(SteppedClock clock, @Nullable Carriers carriers) {
    this.carriers = carriers;
    this.tasks = new SteppedTasks(clock, carriers);
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
    while (tasks.runNext()) {
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
    return tasks.untilNext();
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
    tasks.stop();
    if (carriers != null && !carriers.isInside()) {
      carriers.abandon();
    }
  }

  @Override
  public long nanoTime() {
    return tasks.nanoTime();
  }

  @Override
  public ScheduledExecutorService timer(String name, int threads) {
    return tasks.timer(name, threads);
  }

  @Override
  public ExecutorService pool(String name, int threads) {
    return tasks.pool(name, threads);
  }

  @Override
  public void await(CompletableFuture<?> future) {
    while (!future.isDone()) {
      if (!tasks.runNext()) {
        if (!canHold()) {
          throw new IllegalStateException(
              tasks.isStopped()
                  ? "this process was stopped"
                  : "nothing that is due can end this wait: it needs time to pass, or is for ever");
        }
        hold(future::isDone);
      }
    }
  }

  private boolean canHold() {
    return !tasks.isStopped() && carriers != null && carriers.isInside();
  }

  @Override
  public boolean await(CompletableFuture<?> future, Duration limit) {
    while (!future.isDone() && tasks.runNext()) {
      // the next one
    }
    if (!future.isDone() && limit.compareTo(Duration.ZERO) > 0 && canHold()) {
      long deadline = nanoTime() + limit.toNanos();
      hold(() -> future.isDone() || nanoTime() >= deadline);
    }
    return future.isDone();
  }
}
