package com.techcorp.saga.internal;

import com.techcorp.health.Finding;
import com.techcorp.health.HealthStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Has one claim at a time. One that hangs, on a lock or in the host's code, does not block the
 * next. Thread-safe.
 */
final class ClaimTurn {
  private final LongSupplier nanoTime;
  private final AtomicBoolean taken = new AtomicBoolean();
  private volatile long takenAt;
  private volatile long longest = Long.MAX_VALUE;

  ClaimTurn(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Sets after how long a claim hangs. */
  void endsAfter(Duration limit) {
    longest = limit.toNanos();
  }

  /** False if another claim is at work and does not hang. */
  boolean take() {
    long now = nanoTime.getAsLong();
    if (taken.compareAndSet(false, true) || isStuck()) {
      takenAt = now;
      return true;
    }
    return false;
  }

  void giveBack() {
    taken.set(false);
  }

  boolean isStuck() {
    return taken.get() && nanoTime.getAsLong() - takenAt > longest;
  }

  Optional<Finding> stuck() {
    if (!isStuck()) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
            "CLAIM_STUCK",
            HealthStatus.DEGRADED,
            "taking up what is due does not come to an end",
            Duration.ofNanos(nanoTime.getAsLong() - takenAt)));
  }
}
