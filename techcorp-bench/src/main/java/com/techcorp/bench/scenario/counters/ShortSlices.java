package com.techcorp.bench.scenario.counters;

import com.techcorp.bench.measure.Rounds;
import com.techcorp.bench.measure.SliceTimes;
import java.util.ArrayList;
import java.util.List;

/** Several slices of each side in a round: what else the machine does then affects both sides. */
final class ShortSlices {
  private static final int OF_A_ROUND = 5;

  private ShortSlices() {}

  /** How long a slice takes, of which a round has {@value #OF_A_ROUND}. */
  static SliceTimes times(SliceTimes times) {
    return new SliceTimes(
        times.warmUp().dividedBy(2), times.measured().multipliedBy(2).dividedBy(OF_A_ROUND));
  }

  /**
   * Measures all sides in all rounds, in turn.
   *
   * @return of each side the mean rates of the rounds
   */
  static List<List<Double>> rates(int rounds, List<Rounds.Slice> sides)
      throws InterruptedException {
    return Rounds.rates(OF_A_ROUND * rounds, sides).stream().map(ShortSlices::ofRounds).toList();
  }

  private static List<Double> ofRounds(List<Double> slices) {
    List<Double> means = new ArrayList<>();
    for (int from = 0; from < slices.size(); from += OF_A_ROUND) {
      means.add(
          slices.subList(from, from + OF_A_ROUND).stream()
              .mapToDouble(Double::doubleValue)
              .average()
              .orElseThrow());
    }
    return means;
  }
}
