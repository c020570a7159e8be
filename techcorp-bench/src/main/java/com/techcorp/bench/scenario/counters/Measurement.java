package com.techcorp.bench.scenario.counters;

import java.util.List;

/** One thing that counters cost or give. */
interface Measurement {
  /** Measures it, without counters too where that can be compared. */
  List<CounterRow> run() throws InterruptedException;
}
