package com.techcorp.bench;

import java.util.Locale;

/** Samples as text. */
final class Samples {
  private Samples() {}

  static String line(Sample sample) {
    ClosedLoop.Result result = sample.result();
    return String.format(
        Locale.ROOT,
        "%s, round %d, %-13s pool %2d: %,7.0f orders/s, p50 %.2f ms, p99 %.2f ms",
        sample.cell(),
        sample.round(),
        sample.contender(),
        sample.pool(),
        result.perSecond(),
        result.millis(50),
        result.millis(99));
  }
}
