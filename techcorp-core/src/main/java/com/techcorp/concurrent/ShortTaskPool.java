package com.techcorp.concurrent;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs many short tasks on few threads, and tasks that block on a thread each, up to a bound.
 *
 * <p>A fork-join pool wakes another idle thread for nearly each task that waits behind the one that
 * is taken, and waking a thread costs more than a task such as an answer that is there at once. So
 * the tasks wait here, and the pool only has runners. A runner that begins takes one task after the
 * other; before it runs one, it has another runner start if more tasks wait and none is starting.
 * What a task throws goes to the thread's handler of uncaught exceptions.
 */
final class ShortTaskPool extends ForkJoinPool {
  private static final long IDLE_SECONDS = 10;

  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean starting = new AtomicBoolean();
  private final Runnable another = this::startRunner;

  /** Its threads end when they are idle for 10 s. */
  ShortTaskPool(String name, int threads) {
    this(name, threads, new AtomicInteger());
  }

  private ShortTaskPool(String name, int threads, AtomicInteger count) {
    super(
        threads,
        pool -> new Worker(pool, name + "-" + count.incrementAndGet()),
        null,
        true,
        0,
        threads,
        1,
        saturated -> true,
        IDLE_SECONDS,
        TimeUnit.SECONDS);
  }

  private static final class Worker extends ForkJoinWorkerThread {
    Worker(ForkJoinPool pool, String name) {
      super(pool);
      setName(name);
    }
  }

  @Override
  public void execute(Runnable task) {
    if (isShutdown()) {
      throw new RejectedExecutionException("the pool is shut down");
    }
    waiting.add(task);
    try {
      startRunner();
    } catch (Throwable e) {
      if (waiting.remove(task)) {
        throw e;
      } // else a runner has taken the task, so it was accepted
    }
  }

  /** Unless one is starting, which will see what waits. */
  private void startRunner() {
    if (starting.compareAndSet(false, true)) {
      try {
        super.execute(this::runAll);
      } catch (Throwable e) {
        starting.set(false);
        throw e;
      }
    }
  }

  private void runAll() {
    starting.set(false);
    for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
      if (!waiting.isEmpty()) {
        attempt(another); // the task that is about to run may block
      }
      attempt(task);
    }
  }

  /** Runs an action; its exception does not affect the actions behind it. */
  private static void attempt(Runnable action) {
    try {
      action.run();
    } catch (Throwable e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  @Override
  public List<Runnable> shutdownNow() {
    waiting.clear();
    return super.shutdownNow();
  }
}
