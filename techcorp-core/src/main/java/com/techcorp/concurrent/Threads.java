package com.techcorp.concurrent;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Where the library's own work runs (SPI): every thread it starts, every timer it sets and every
 * wait of its own come from here, and so does the monotonic time by which it measures. {@link
 * OwnThreads} is the default; the testkit has one that a test steps. Thread-safe.
 */
public interface Threads {
  /**
   * Tasks that run later or again and again. After its shutdown new tasks and those that still wait
   * are dropped without an exception.
   *
   * @param name begins the names of its threads
   * @param threads how many at the most
   * @return a new executor, for the caller to shut down
   */
  ScheduledExecutorService timer(String name, int threads);

  /**
   * Tasks that run at once, as far as a thread is free; the others wait.
   *
   * @param name begins the names of its threads
   * @param threads how many at the most
   * @return a new executor, for the caller to shut down
   */
  ExecutorService pool(String name, int threads);

  /**
   * Where a host adds what its own code expects of a thread: a logging context, a class loader, a
   * trace. The library calls it as the first thing of each task, on the task's thread and inside
   * its guard. If the decoration throws, that is logged, and the task runs without it.
   *
   * @param name of the timer or pool that the task runs on
   * @param task what the library runs
   * @return what to run instead; by default the task itself
   */
  default Runnable decorate(String name, Runnable task) {
    return task;
  }

  /**
   * A monotonic time, to measure by; it has nothing to do with any clock on the wall.
   *
   * @return nanoseconds since some instant
   */
  long nanoTime();

  /**
   * Waits until it is done, however it ended.
   *
   * @param future what to wait for
   */
  void await(CompletableFuture<?> future);

  /**
   * Waits until it is done, however it ended, but not for ever. An interruption ends the wait, and
   * stays set.
   *
   * @param future what to wait for
   * @param limit for how long; not positive: only looks
   * @return whether it is done
   */
  boolean await(CompletableFuture<?> future, Duration limit);
}
