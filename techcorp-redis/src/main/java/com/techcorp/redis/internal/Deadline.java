package com.techcorp.redis.internal;

import java.time.Duration;

/** When a call of a port ends, whatever it consists of. */
final class Deadline {
  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  static Deadline in(Duration limit) {
    return new Deadline(System.nanoTime() + limit.toNanos());
  }

  /** At least 0. */
  long nanosLeft() {
    return Math.max(0, end - System.nanoTime());
  }
}
