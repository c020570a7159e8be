package com.techcorp.bench.scenario.auth;

import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.text.Finding;
import com.techcorp.bench.text.MarkdownTable;
import com.techcorp.bench.text.Screen;
import com.techcorp.bench.text.Texts;
import java.util.ArrayList;
import java.util.List;

/** What the library costs beside the bare work, and what sessions take in Redis. */
public final class Authentication {
  private final BenchServer server;
  private final Screen screen;
  private final SliceTimes times;
  private final int rounds;
  private final List<Integer> clients;
  private final long sessions;

  /**
   * Measures nothing yet.
   *
   * @param clients who refresh at the same time, one measurement for each number
   * @param sessions how many are in Redis while one user's are listed
   */
  public Authentication(
      BenchServer server,
      Screen screen,
      SliceTimes times,
      int rounds,
      List<Integer> clients,
      long sessions) {
    this.server = server;
    this.screen = screen;
    this.times = times;
    this.rounds = rounds;
    this.clients = List.copyOf(clients);
    this.sessions = sessions;
  }

  public Finding run() throws InterruptedException {
    List<AuthRow> rows = new ArrayList<>();
    for (Measurement measurement : measurements()) {
      for (AuthRow row : measurement.run()) {
        screen.line("  %s", String.join(", ", row.cells()));
        rows.add(row);
      }
    }
    List<Refusals.Result> refusals = new Refusals(times.measured()).run();
    StoredSessions.Result stored = new StoredSessions(sessions, times.measured()).run();
    List<String> lines = new ArrayList<>(ratios(rows));
    lines.add("");
    lines.addAll(refused(refusals));
    lines.add("");
    lines.addAll(stored(stored));
    return new Finding("Authentication", lines, rows.stream().map(AuthRow::toRatio).toList());
  }

  private List<Measurement> measurements() {
    return List.of(
        new Verifications(times, rounds),
        new Logins(times, rounds),
        new Refreshes(server, times, rounds, clients));
  }

  private List<String> ratios(List<AuthRow> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "The bare work and the library in turn, "
            + times.measured().toMillis() / 1e3
            + " s each, "
            + rounds
            + (rounds == 1 ? " round" : " rounds")
            + " after one that does not count; a ratio is that within a round.");
    lines.add("");
    MarkdownTable table = new MarkdownTable("operation", "bare", "library", "ratio", "wanted");
    rows.forEach(row -> table.row(row.cells()));
    lines.addAll(table.lines());
    return lines;
  }

  private static List<String> refused(List<Refusals.Result> refusals) {
    MarkdownTable table =
        new MarkdownTable(
            "a token that is refused", "java-jwt alone, p50, ms", "library, p50, µs", "p99, µs");
    for (Refusals.Result each : refusals) {
      table.row(
          each.token(),
          Texts.millis(each.bare().getValueAtPercentile(50) / 1e6),
          Texts.two(each.library().getValueAtPercentile(50) / 1e3),
          Texts.two(each.library().getValueAtPercentile(99) / 1e3));
    }
    return table.lines();
  }

  private static List<String> stored(StoredSessions.Result stored) {
    return new MarkdownTable(
            "sessions in Redis",
            "bytes a session",
            "one user's " + StoredSessions.OF_A_USER + " are listed, p50, ms",
            "p99, ms")
        .row(
            Texts.whole((double) stored.sessions()),
            Texts.whole(stored.bytes()),
            Texts.millis(stored.millis(50)),
            Texts.millis(stored.millis(99)))
        .lines();
  }
}
