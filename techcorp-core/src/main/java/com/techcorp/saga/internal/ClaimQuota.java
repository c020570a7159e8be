package com.techcorp.saga.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many due sagas this process takes, so that what a dead process left is shared by those who
 * live: each takes more as it gets done with what it took. Times are monotonic nanoseconds.
 * Thread-safe.
 */
final class ClaimQuota {
  /** The most that one claim asks for; with fewer in its hands, a process takes more. */
  static final int CLAIM = 256;

  /** Above this many claimed sagas, a process leaves the rest to others. */
  static final int MOST = 2 * CLAIM;

  /** What is still due after so long was not taken by others: then it takes more all the same. */
  static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final AtomicInteger taken = new AtomicInteger();
  private volatile boolean moreIsDue;
  private volatile long lastClaim;

  /** Whether a round of claims may begin. */
  boolean mayBegin(long now) {
    return taken.get() < MOST || now - lastClaim >= PATIENCE_NANOS;
  }

  /** Whether the round may go on after a claim that brought something. */
  boolean mayGoOn() {
    return taken.get() < MOST;
  }

  /** A claim begins. */
  void claims(long now) {
    lastClaim = now;
  }

  /** Whether the first claim of a round brought something, so that there may be more. */
  void moreIsDue(boolean more) {
    moreIsDue = more;
  }

  void take() {
    taken.incrementAndGet();
  }

  /**
   * One that was taken has ended, waits, or is lost.
   *
   * @return whether to look for more now
   */
  boolean giveBack() {
    int left = taken.decrementAndGet();
    if (left < 0) {
      throw new IllegalStateException("a claimed saga was given back twice: " + left + " are held");
    }
    return left < CLAIM && moreIsDue;
  }
}
