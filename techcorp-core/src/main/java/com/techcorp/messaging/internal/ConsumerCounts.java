package com.techcorp.messaging.internal;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happened to the events of a bus's consumers since the start. Thread-safe. */
public final class ConsumerCounts {
  final LongAdder failed = new LongAdder();
  final LongAdder timedOut = new LongAdder();
  final LongAdder moved = new LongAdder();
  final LongAdder dead = new LongAdder();
  final LongAdder pauses = new LongAdder();

  /** Creates counts that are all zero. */
  public ConsumerCounts() {}

  /**
   * Returns all counts by name.
   *
   * @return by name
   */
  public Map<String, Long> all() {
    return Map.of(
        "consumers.failed",
        failed.sum(),
        "consumers.timed-out",
        timedOut.sum(),
        "consumers.moved-to-backlog",
        moved.sum(),
        "consumers.dead-letters",
        dead.sum(),
        "consumers.pauses",
        pauses.sum());
  }
}
