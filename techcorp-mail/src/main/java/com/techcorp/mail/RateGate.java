package com.techcorp.mail;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Stays shut for as long as the provider asks for, within bounds. Thread-safe. */
final class RateGate {
  /** Whatever a reply says: a wrong clock must not stop all mail. */
  static final Duration LONGEST = Duration.ofMinutes(1);

  private final LongSupplier nanoTime;
  private boolean shut;
  private long until;

  RateGate(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  synchronized boolean isShut() {
    if (shut && nanoTime.getAsLong() - until >= 0) {
      shut = false;
    }
    return shut;
  }

  synchronized void shut(Duration pause) {
    long nanos = pause.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : pause.toNanos();
    long end = nanoTime.getAsLong() + nanos;
    if (!shut || end - until > 0) {
      until = end;
    }
    shut = true;
  }
}
