package com.techcorp.bench.scenario.counters;

import com.techcorp.bench.database.BenchRedis;
import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.text.Finding;
import com.techcorp.bench.text.MarkdownTable;
import com.techcorp.bench.text.Screen;
import com.techcorp.saga.EngineOptions;
import java.util.ArrayList;
import java.util.List;

/** What counters of stock in Redis cost, and how soon they tell that a unit is back. */
public final class StockCounters {
  private final BenchServer server;
  private final EngineOptions engine;
  private final Screen screen;
  private final SliceTimes times;
  private final int rounds;
  private final List<Integer> buyers;
  private final Crowd crowd;
  private final int units;

  /**
   * Measures nothing yet.
   *
   * @param buyers who order goods in stock at the same time, one measurement for each number
   * @param crowd clients who want what is sold out
   * @param units that another process releases
   */
  public StockCounters(
      BenchServer server,
      EngineOptions engine,
      Screen screen,
      SliceTimes times,
      int rounds,
      List<Integer> buyers,
      int crowd,
      int units) {
    this.server = server;
    this.engine = engine;
    this.screen = screen;
    this.times = times;
    this.rounds = rounds;
    this.buyers = List.copyOf(buyers);
    this.crowd = new Crowd(crowd);
    this.units = units;
  }

  public Finding run() throws InterruptedException {
    List<CounterRow> rows = new ArrayList<>();
    try (BenchRedis redis = BenchRedis.start()) {
      for (Measurement measurement : measurements(new CounterShops(server, engine, redis))) {
        for (CounterRow row : measurement.run()) {
          screen.line("  %s", String.join(", ", row.cells()));
          rows.add(row);
        }
      }
    }
    return new Finding(
        "Stock counters",
        lines(rows),
        rows.stream().flatMap(row -> row.picture().stream()).toList());
  }

  private List<Measurement> measurements(CounterShops shops) {
    return List.of(
        new Refusals(shops, crowd, times, rounds),
        new Neighbours(shops, crowd, times, rounds),
        new ReleasedUnits(shops, crowd, times, units),
        new GoodsInStock(shops, times, rounds, buyers));
  }

  private List<String> lines(List<CounterRow> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Without and with in turn, "
            + times.measured().toMillis() / 1e3
            + " s each (refusals and goods in stock "
            + times.measured().toMillis() * 2 / 1e3
            + " s, in slices), "
            + rounds
            + (rounds == 1 ? " round" : " rounds")
            + "; a ratio is that within a round.");
    lines.add("");
    MarkdownTable table = new MarkdownTable("figure", "without", "with", "ratio", "wanted");
    rows.forEach(row -> table.row(row.cells()));
    lines.addAll(table.lines());
    return lines;
  }
}
