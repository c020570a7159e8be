package com.techcorp.bench.scenario.auth;

import com.techcorp.bench.statistics.Summary;
import com.techcorp.bench.text.Ratio;
import com.techcorp.bench.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One ratio of the scenario auth.
 *
 * @param what which operation, and under which conditions
 * @param bare operations a second of the bare work
 * @param library operations a second of the library
 * @param ratio library to bare, within a round
 * @param wanted what the ratio should be at least
 */
record AuthRow(String what, Summary bare, Summary library, Summary ratio, double wanted) {
  /** Of the rates of each round. */
  static AuthRow of(String what, List<Double> bare, List<Double> library, double wanted) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < bare.size(); i++) {
      ratios.add(library.get(i) / bare.get(i));
    }
    return new AuthRow(what, Summary.of(bare), Summary.of(library), Summary.of(ratios), wanted);
  }

  /** What a picture shows of it. */
  Ratio toRatio() {
    return new Ratio(what, ratio, wanted);
  }

  String[] cells() {
    return new String[] {
      what, Texts.rate(bare) + "/s", Texts.rate(library) + "/s", Texts.ratio(ratio), wantedText()
    };
  }

  private String wantedText() {
    boolean whole = wanted == Math.rint(wanted);
    return "at least " + String.format(Locale.ROOT, whole ? "%.0f" : "%.2f", wanted);
  }
}
