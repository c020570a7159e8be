package com.techcorp.saga.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits how many due sagas this process claims, so that live processes share the sagas of a dead
 * one: each claims more as it finishes. Times are monotonic nanoseconds. Thread-safe.
 */
final class ClaimQuota {
  /** The most sagas that one claim asks for; a process with fewer claimed sagas claims more. */
  static final int CLAIM = 256;

  /** Above this many claimed sagas, a process leaves the rest to others. */
  static final int MOST = 2 * CLAIM;

  /**
   * Sagas that are still due after this time were not claimed by others; the process then claims
   * more anyway.
   */
  static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final AtomicInteger taken = new AtomicInteger();
  private volatile boolean moreIsDue;
  private volatile long lastClaim;

  /** Returns whether a round of claims may begin. */
  boolean mayBegin(long now) {
    return taken.get() < MOST || now - lastClaim >= PATIENCE_NANOS;
  }

  /** Returns whether the round may continue after a claim that found sagas. */
  boolean mayGoOn() {
    return taken.get() < MOST;
  }

  /** Records that a claim begins now. */
  void claims(long now) {
    lastClaim = now;
  }

  /** Records whether the first claim of a round found sagas, so that there may be more. */
  void moreIsDue(boolean more) {
    moreIsDue = more;
  }

  void take() {
    taken.incrementAndGet();
  }

  /**
   * Returns the share of a claimed saga that has ended, waits or is lost.
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
