package com.techcorp.bench.scenario.trust;

import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.database.Verification;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.scenario.BenchWorker;
import com.techcorp.bench.scenario.DatabaseShop;
import com.techcorp.bench.scenario.TolerantClients;
import com.techcorp.bench.text.Screen;
import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Provider;
import com.techcorp.saga.EngineOptions;
import com.techcorp.servers.process.ChildJvm;
import java.time.Duration;
import java.util.List;

/** A process is killed under load; another one, which has nothing to do, finishes its orders. */
final class TrustTakeOver implements Trouble {
  private static final int CLIENTS = 64;
  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(20);

  /** So that most clients wait for the provider when their process is killed. */
  private static final Duration SLOW = Duration.ofSeconds(1);

  private static final String ORDERS = "select count(*) from orders.orders";
  private static final String UNFINISHED =
      "select count(*) from orders.orders where status = 'CREATED'";

  private final BenchServer server;
  private final EngineOptions engine;
  private final Screen screen;
  private final SliceTimes times;

  TrustTakeOver(BenchServer server, EngineOptions engine, Screen screen, SliceTimes times) {
    this.server = server;
    this.engine = engine;
    this.screen = screen;
    this.times = times;
  }

  @Override
  public List<TrustRow> run() throws InterruptedException {
    try (DatabaseShop trust = DatabaseShop.open(server, engine, new Provider(Duration.ZERO));
        ChildJvm doomed = start(trust.database())) {
      doomed.awaitLine(BenchWorker.READY, START);
      doomed.send("go");
      await(trust.database(), 2 * CLIENTS);
      doomed.kill();
      long began = System.nanoTime();
      long left = trust.database().count(UNFINISHED);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      while (took.compareTo(LONGEST) < 0 && trust.database().count(UNFINISHED) > 0) {
        TolerantClients.pass(LOOK);
        took = Duration.ofNanos(System.nanoTime() - began);
      }
      screen.line("  %d orders were under way when their process was killed", left);
      trust.verify();
      return List.of(
          TrustRow.time(
              "a killed process: until another one has finished its orders",
              took,
              LONGEST,
              "the lease (" + engine.lease().toMillis() / 1e3 + " s) and 1 s"));
    }
  }

  /** Its clients have had an order each, and have placed the next. */
  private static void await(BenchDatabase database, long orders) {
    long until = System.nanoTime() + LONGEST.toNanos();
    while (database.count(ORDERS) < orders) {
      if (System.nanoTime() - until > 0) {
        throw new Verification.FailedException("the process to be killed does not take orders");
      }
      TolerantClients.pass(LOOK);
    }
  }

  /** Goes on until it is killed. */
  private ChildJvm start(BenchDatabase database) {
    Duration longest = times.warmUp().plus(times.measured()).plus(LONGEST);
    return ChildJvm.of(BenchWorker.class)
        .jvmOptions("-Xmx1g")
        .args(
            database.url(),
            Load.UNIFORM.name(),
            String.valueOf(CLIENTS),
            "1",
            String.valueOf(longest.toMillis()),
            String.valueOf(SLOW.toMillis()))
        .start();
  }
}
