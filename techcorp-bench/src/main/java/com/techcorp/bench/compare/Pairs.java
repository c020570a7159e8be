package com.techcorp.bench.compare;

import com.techcorp.bench.statistics.Median;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * All pairs of runs with one number of clients.
 *
 * @param clients that number
 * @param pairs in the order in which they ran
 * @param seed of the intervals
 */
record Pairs(int clients, List<Pair> pairs, long seed) {
  /** A run of each side, one after the other. */
  record Pair(CompareSide.Run before, CompareSide.Run after) {
    /** Above 1: the later commit is faster. */
    double rateRatio() {
      return after.perSecond() / before.perSecond();
    }

    /** Above 1: the later commit takes more CPU an order. */
    double cpuRatio() {
      return after.cpuMicrosAnOrder() / before.cpuMicrosAnOrder();
    }
  }

  Median rate() {
    return median(Pair::rateRatio);
  }

  Median cpu() {
    return median(Pair::cpuRatio);
  }

  Median median(ToDoubleFunction<Pair> value) {
    return Median.of(pairs.stream().mapToDouble(value).toArray(), seed);
  }
}
