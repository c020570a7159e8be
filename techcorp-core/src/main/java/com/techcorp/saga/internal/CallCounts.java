package com.techcorp.saga.internal;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what became of calls that had no answer in time. Thread-safe. */
final class CallCounts {
  private final LongAdder timedOut = new LongAdder();
  private final LongAdder notSent = new LongAdder();
  private final LongAdder threw = new LongAdder();

  void timedOut() {
    timedOut.increment();
  }

  void notSent() {
    notSent.increment();
  }

  void threw() {
    threw.increment();
  }

  Map<String, Long> counters() {
    return Map.of(
        "calls.timed-out", timedOut.sum(),
        "calls.not-sent", notSent.sum(),
        "calls.threw", threw.sum());
  }
}
