package com.techcorp.bench;

import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.plan.BenchOptions;
import com.techcorp.bench.plan.Condition;
import com.techcorp.bench.plan.Scenario;
import com.techcorp.bench.report.Environment;
import com.techcorp.bench.report.Page;
import com.techcorp.bench.report.Report;
import com.techcorp.bench.scenario.HeapGrowth;
import com.techcorp.bench.scenario.Matrix;
import com.techcorp.bench.scenario.OpenReader;
import com.techcorp.bench.scenario.PoolSizes;
import com.techcorp.bench.scenario.Processes;
import com.techcorp.bench.scenario.Relaying;
import com.techcorp.bench.scenario.Results;
import com.techcorp.bench.scenario.Run;
import com.techcorp.bench.scenario.StartTime;
import com.techcorp.bench.scenario.auth.Authentication;
import com.techcorp.bench.scenario.broker.EventsOverRabbit;
import com.techcorp.bench.scenario.counters.StockCounters;
import com.techcorp.bench.scenario.trust.Trust;
import com.techcorp.bench.text.Finding;
import com.techcorp.bench.text.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One run, from the server to the report. */
final class BenchRun {
  /** Of the scenario counters. */
  private static final int CROWD = 256;

  /** Of the scenario counters. */
  private static final int RELEASED_UNITS = 100;

  private final BenchOptions options;
  private final Screen screen;

  BenchRun(BenchOptions options, Screen screen) {
    this.options = options;
    this.screen = screen;
  }

  void run() throws InterruptedException {
    Optional<Page> page = options.docs().map(Page::new);
    page.ifPresent(Page::check);
    try (BenchServer server =
        BenchServer.start(
            options.sharedBuffers(), options.finishedOrders(), options.data(), screen)) {
      screen.line("TechCorp bench on PostgreSQL %s", server.version());
      Run slice = new Run(server, options.engine());
      PoolSizes pools = new PoolSizes(slice, options.engine(), options.pool(), screen);
      Results results = new Matrix(slice, pools, screen, options).run(cells());
      List<Finding> findings = findings(server, slice, pools);
      Report report = new Report(options, Environment.of(server), results, findings);
      report.tables().forEach(line -> screen.line("%s", line));
      page.ifPresent(p -> p.write(report.markdown(p), report.pictures(p)));
    }
  }

  private List<Condition> cells() {
    Set<Scenario> chosen = options.scenarios();
    return chosen.contains(Scenario.UNIFORM) || chosen.contains(Scenario.HOT)
        ? options.cells()
        : List.of();
  }

  private List<Finding> findings(BenchServer server, Run slice, PoolSizes pools)
      throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    Set<Scenario> chosen = options.scenarios();
    if (chosen.contains(Scenario.READER)) {
      findings.add(
          new OpenReader(slice, pools, screen, options.readerTimes())
              .run(options.mainContenders()));
    }
    if (chosen.contains(Scenario.PROCESSES)) {
      findings.add(new Processes(server, screen, options.times(), options.rounds()).run());
    }
    if (chosen.contains(Scenario.RELAY)) {
      findings.add(
          new Relaying(server, options.engine(), screen, options.relayedOrders(), options.times())
              .run());
    }
    if (chosen.contains(Scenario.BROKER)) {
      findings.add(
          new EventsOverRabbit(
                  server,
                  options.engine(),
                  screen,
                  options.relayedEvents(),
                  options.readerTimes(),
                  options.rounds())
              .run());
    }
    if (chosen.contains(Scenario.START)) {
      findings.add(new StartTime(server, options.engine(), screen).run());
    }
    if (chosen.contains(Scenario.HEAP)) {
      findings.add(new HeapGrowth(server, options.engine(), screen, options.heapOrders()).run());
    }
    if (chosen.contains(Scenario.TRUST)) {
      findings.add(
          new Trust(server, options.engine(), screen, options.trustTimes(), options.rounds())
              .run());
    }
    if (chosen.contains(Scenario.AUTH)) {
      findings.add(
          new Authentication(
                  server,
                  screen,
                  options.times(),
                  options.rounds(),
                  options.refreshers(),
                  options.sessions())
              .run());
    }
    if (chosen.contains(Scenario.COUNTERS)) {
      findings.add(
          new StockCounters(
                  server,
                  options.engine(),
                  screen,
                  options.trustTimes(),
                  options.rounds(),
                  options.buyers(),
                  CROWD,
                  RELEASED_UNITS)
              .run());
    }
    return findings;
  }
}
