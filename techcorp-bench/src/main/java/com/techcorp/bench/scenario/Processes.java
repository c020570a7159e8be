package com.techcorp.bench.scenario;

import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.database.Tables;
import com.techcorp.bench.database.Verification;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.statistics.Summary;
import com.techcorp.bench.text.Finding;
import com.techcorp.bench.text.MarkdownTable;
import com.techcorp.bench.text.Screen;
import com.techcorp.bench.text.Texts;
import com.techcorp.bench.workload.Load;
import com.techcorp.servers.process.ChildJvm;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Two engines in processes of their own on one database, beside one. */
public final class Processes {
  private static final int CLIENTS = 256;
  private static final Duration START = Duration.ofMinutes(1);

  /** A JVM that has just started needs longer than one that ran other slices before. */
  private static final Duration LEAST_WARM_UP = Duration.ofSeconds(5);

  private final BenchServer server;
  private final Screen screen;
  private final SliceTimes times;
  private final int rounds;

  public Processes(BenchServer server, Screen screen, SliceTimes times, int rounds) {
    this.server = server;
    this.screen = screen;
    this.times = times;
    this.rounds = rounds;
  }

  private record Told(long all, double perSecond, double p99) {}

  private record Run(List<Told> told) {
    double total() {
      return told.stream().mapToDouble(Told::perSecond).sum();
    }

    /** Of the one that did less. */
    double smallerShare() {
      return told.stream().mapToDouble(Told::perSecond).min().orElse(0) / total();
    }

    double p99() {
      return told.stream().mapToDouble(Told::p99).max().orElse(0);
    }
  }

  /** One round: one process, then two. */
  private record Round(Run one, Run two) {
    double ratio() {
      return two.total() / one.total();
    }
  }

  public Finding run() throws InterruptedException {
    List<Round> all = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      all.add(new Round(run(1), run(2)));
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "Uniform load, provider 0 ms, %d clients in each process, the engine and its clients in"
                + " processes of their own.",
            CLIENTS));
    lines.add("");
    lines.addAll(
        new MarkdownTable("processes", "orders/s in all", "p99, ms", "share of the slower one")
            .row(
                "1",
                Texts.rate(spread(all, round -> round.one().total())),
                Texts.millis(spread(all, round -> round.one().p99()).median()),
                "")
            .row(
                "2",
                Texts.rate(spread(all, round -> round.two().total())),
                Texts.millis(spread(all, round -> round.two().p99()).median()),
                Texts.ratio(spread(all, round -> round.two().smallerShare())))
            .row("ratio", Texts.ratio(spread(all, Round::ratio)), "", "")
            .lines());
    return new Finding("Two processes on one database", lines);
  }

  private static Summary spread(List<Round> rounds, ToDoubleFunction<Round> value) {
    return Summary.of(rounds.stream().mapToDouble(value).boxed().toList());
  }

  private Run run(int processes) throws InterruptedException {
    try (BenchDatabase database = server.database(Tables.EMPTY)) {
      server.checkpoint();
      List<ChildJvm> children = new ArrayList<>();
      try {
        for (int i = 0; i < processes; i++) {
          children.add(start(database));
        }
        children.forEach(child -> child.awaitLine(BenchWorker.READY, START));
        children.forEach(child -> child.send("go"));
        Run run = new Run(children.stream().map(this::told).toList());
        children.forEach(child -> child.exitCode(START));
        verify(database, run);
        screen.line("  %d processes: %s", processes, run.told());
        return run;
      } finally {
        children.forEach(ChildJvm::close);
      }
    }
  }

  private ChildJvm start(BenchDatabase database) {
    return ChildJvm.of(BenchWorker.class)
        .jvmOptions("-Xmx1g")
        .args(
            database.url(),
            Load.UNIFORM.name(),
            String.valueOf(CLIENTS),
            String.valueOf(warmUp().toMillis()),
            String.valueOf(times.measured().toMillis()),
            "0")
        .start();
  }

  private Duration warmUp() {
    Duration twice = times.warmUp().multipliedBy(2);
    return twice.compareTo(LEAST_WARM_UP) < 0 ? LEAST_WARM_UP : twice;
  }

  private Told told(ChildJvm child) {
    Duration limit = START.plus(warmUp()).plus(times.measured());
    String[] words = child.awaitLine(BenchWorker.RESULT, limit).split(" ", -1);
    return new Told(
        Long.parseLong(words[1]), Double.parseDouble(words[3]), Double.parseDouble(words[4]));
  }

  private static void verify(BenchDatabase database, Run run) {
    long all = run.told().stream().mapToLong(Told::all).sum();
    Verification.counts(
        "orders CONFIRMED by all processes",
        all,
        database.count("select count(*) from orders.orders where status = 'CONFIRMED'"));
    try (HikariDataSource pool = database.pool(1)) {
      Verification.invariants(pool, Verification.exemptions(false, false));
    }
  }
}
