package com.techcorp.saga.internal;

import com.techcorp.retry.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs what sagas do after a pause. Of the places in flight, a part may be taken by sagas that wait
 * for a locked row to begin. Thread-safe.
 */
final class Pauses {
  /** One in this many permits. */
  private static final int SHARE_OF_PLACES = 8;

  /** A new saga retries for about a second and a half; then its caller gets the failure. */
  private static final RetryPolicy LOCKED_RETRY =
      RetryPolicy.doubling(Duration.ofMillis(100), Duration.ofMillis(800), 5);

  private final ScheduledExecutorService timer;
  private final Semaphore waitingForLocks;

  /**
   * @param places how many sagas that begin may be in flight
   */
  Pauses(ScheduledExecutorService timer, int places) {
    this.timer = timer;
    this.waitingForLocks = new Semaphore(Math.max(1, places / SHARE_OF_PLACES));
  }

  /** Runs it on the timer, where it may use a connection. */
  void soon(Runnable next) {
    timer.execute(next);
  }

  void after(Duration wait, Runnable next) {
    timer.schedule(next, wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Has a saga begin again that met a locked row.
   *
   * @param attempts how often it met one, this time included
   * @return false if that was often enough, or too many others wait already
   */
  boolean forLock(int attempts, Runnable next) {
    if (LOCKED_RETRY.exhausted(attempts) || !waitingForLocks.tryAcquire()) {
      return false;
    }
    after(
        LOCKED_RETRY.waitAfter(attempts),
        () -> {
          waitingForLocks.release();
          next.run();
        });
    return true;
  }
}
