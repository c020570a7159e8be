package com.techcorp.bench.scenario.trust;

import com.techcorp.bench.database.Verification;
import com.techcorp.bench.statistics.Summary;
import com.techcorp.bench.text.Texts;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * One figure of the scenario trust.
 *
 * @param trouble what is wrong, and who is looked at
 * @param without the figure without that trouble; "-" if there is none
 * @param with the figure with it
 * @param ratio of the two; "-" if there is none
 * @param wanted what it should be
 */
record TrustRow(String trouble, String without, String with, String ratio, String wanted) {
  private static final String NONE = "-";

  /** Orders a second of each round, without and with the trouble. */
  static TrustRow rates(String trouble, List<Double> without, List<Double> with, String wanted) {
    double[] ratios = new double[without.size()];
    for (int i = 0; i < ratios.length; i++) {
      if (without.get(i) == 0) {
        throw new Verification.FailedException(
            "no order was confirmed without the trouble: measure longer");
      }
      ratios[i] = with.get(i) / without.get(i);
    }
    return new TrustRow(
        trouble,
        Texts.rate(Summary.of(without)) + "/s",
        Texts.rate(Summary.of(with)) + "/s",
        Texts.ratio(Summary.of(Arrays.stream(ratios).boxed().toList())),
        wanted);
  }

  /** One rate of each round. */
  static TrustRow rate(String trouble, List<Double> rates, String wanted) {
    return new TrustRow(trouble, NONE, Texts.rate(Summary.of(rates)) + "/s", NONE, wanted);
  }

  /** How long something took; if it took the longest time, it had not come by then. */
  static TrustRow time(String trouble, Duration took, Duration longest, String wanted) {
    String text = Texts.two(took.toMillis() / 1e3) + " s";
    boolean over = took.compareTo(longest) >= 0;
    return new TrustRow(trouble, NONE, over ? "not within " + text : text, NONE, wanted);
  }
}
