package com.techcorp.bench.scenario.counters;

import com.techcorp.bench.statistics.Summary;
import com.techcorp.bench.text.Ratio;
import com.techcorp.bench.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One figure of the scenario counters.
 *
 * @param what is measured
 * @param before the figure that it is compared with; "-" if there is none
 * @param figure the figure
 * @param ratio of the two; null if there is none
 * @param wanted what it should be
 */
record CounterRow(String what, String before, String figure, @Nullable Ratio ratio, String wanted) {
  static final String NONE = "-";

  /**
   * Rates of the same rounds.
   *
   * @param least what the ratio within a round should be at least
   */
  static CounterRow rates(String what, List<Double> before, List<Double> rates, double least) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      ratios.add(rates.get(i) / before.get(i));
    }
    return new CounterRow(
        what,
        Texts.rate(Summary.of(before)) + "/s",
        Texts.rate(Summary.of(rates)) + "/s",
        new Ratio(what, Summary.of(ratios), least),
        "ratio at least " + Texts.ratio(least));
  }

  /** A figure that is compared with none. */
  static CounterRow figure(String what, String figure, String wanted) {
    return new CounterRow(what, NONE, figure, null, wanted);
  }

  /** What a picture shows of it. */
  Optional<Ratio> picture() {
    return Optional.ofNullable(ratio);
  }

  String[] cells() {
    String text = ratio == null ? NONE : Texts.ratio(ratio.spread());
    return new String[] {what, before, figure, text, wanted};
  }
}
