package com.techcorp.bench.scenario.trust;

import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.text.Finding;
import com.techcorp.bench.text.MarkdownTable;
import com.techcorp.bench.text.Screen;
import com.techcorp.saga.EngineOptions;
import java.util.ArrayList;
import java.util.List;

/** What the trouble of one does to the others: each part causes one trouble and measures both. */
public final class Trust {
  private final BenchServer server;
  private final EngineOptions engine;
  private final Screen screen;
  private final SliceTimes times;
  private final int rounds;

  public Trust(
      BenchServer server, EngineOptions engine, Screen screen, SliceTimes times, int rounds) {
    this.server = server;
    this.engine = engine;
    this.screen = screen;
    this.times = times;
    this.rounds = rounds;
  }

  public Finding run() throws InterruptedException {
    List<TrustRow> rows = new ArrayList<>();
    for (Trouble trouble : troubles()) {
      for (TrustRow row : trouble.run()) {
        screen.line(
            "  %s: %s, with it %s, ratio %s",
            row.trouble(), row.without(), row.with(), row.ratio());
        rows.add(row);
      }
    }
    return new Finding("Trust", lines(rows));
  }

  private List<Trouble> troubles() {
    return List.of(
        new TrustLockedRow(server, engine, times, rounds),
        new TrustSoldOut(server, engine, times, rounds),
        new TrustConsumers(server, engine, times, rounds),
        new TrustStuckCharges(server, engine, times, rounds),
        new TrustOverload(server, engine, times),
        new TrustSilence(server, engine, times),
        new TrustTakeOver(server, engine, screen, times));
  }

  private List<String> lines(List<TrustRow> rows) {
    MarkdownTable table =
        new MarkdownTable("trouble", "without", "with", "ratio", "what it should be");
    rows.forEach(
        row -> table.row(row.trouble(), row.without(), row.with(), row.ratio(), row.wanted()));
    List<String> lines = new ArrayList<>();
    lines.add(
        "Without and with the trouble by turns on the same engine, "
            + times.measured().toMillis() / 1e3
            + " s each, "
            + rounds
            + (rounds == 1 ? " round" : " rounds")
            + "; a ratio is that within a round.");
    lines.add("");
    lines.addAll(table.lines());
    return lines;
  }
}
