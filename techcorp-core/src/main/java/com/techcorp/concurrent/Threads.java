package com.techcorp.concurrent;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Supplies every thread, timer, wait and monotonic time that the library uses (SPI). {@link
 * OwnThreads} is the default; the testkit has one that a test steps. Thread-safe.
 */
public interface Threads {
  /**
   * Returns a timer for delayed and periodic tasks. After its shutdown new tasks and those that
   * still wait are dropped without an exception.
   *
   * @param name begins the names of its threads
   * @param threads how many at the most
   * @return a new executor, for the caller to shut down
   */
  ScheduledExecutorService timer(String name, int threads);

  /**
   * Returns an executor whose tasks run at once while a thread is free, and wait otherwise.
   *
   * @param name begins the names of its threads
   * @param threads how many at the most
   * @return a new executor, for the caller to shut down
   */
  ExecutorService pool(String name, int threads);

  /**
   * Wraps a task with what the host's code expects of a thread: a logging context, a class loader,
   * a trace. The library calls it as the first thing of each task, on the task's thread and inside
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
   * Returns a monotonic time, to measure by; it has nothing to do with any clock on the wall.
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
   * Waits until it is done, however it ended, or until the limit has passed. An interruption ends
   * the wait, and stays set.
   *
   * @param future what to wait for
   * @param limit for how long; not positive: only looks
   * @return whether it is done
   */
  boolean await(CompletableFuture<?> future, Duration limit);
}
