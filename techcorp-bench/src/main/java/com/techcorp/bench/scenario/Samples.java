package com.techcorp.bench.scenario;

import com.techcorp.bench.measure.ClosedLoop;
import com.techcorp.bench.measure.Costs;
import java.util.Locale;

/** Samples as text. */
final class Samples {
  private Samples() {}

  static String line(Sample sample) {
    ClosedLoop.Result result = sample.result();
    Costs costs = sample.costs();
    return String.format(
        Locale.ROOT,
        "%s, round %d, %-13s pool %2d: %,7.0f orders/s, p50 %.2f ms, p99 %.2f ms; %.2f commits,"
            + " %.1f KB WAL, %.1f rows, %.1f dead, CPU %.0f us client, %s us server",
        sample.cell(),
        sample.round(),
        sample.contender(),
        sample.pool(),
        result.perSecond(),
        result.millis(50),
        result.millis(99),
        costs.commits(),
        costs.walBytes() / 1e3,
        costs.rows(),
        costs.dead(),
        costs.clientMicros(),
        costs.serverMicros().isPresent()
            ? String.format(Locale.ROOT, "%.0f", costs.serverMicros().getAsDouble())
            : "-");
  }
}
