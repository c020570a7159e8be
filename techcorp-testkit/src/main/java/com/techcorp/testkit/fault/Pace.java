package com.techcorp.testkit.fault;

import java.time.Duration;

/** How fast time passes in a play of a sweep, and for how long a play goes on. */
final class Pace {
  /** So much time passes at once. */
  static final Duration STEP = Duration.ofMillis(1_500);

  /** What is not settled by then never is. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  /** So often a client calls before its failure counts. */
  static final int CLIENT_ATTEMPTS = 20;

  private Pace() {}
}
