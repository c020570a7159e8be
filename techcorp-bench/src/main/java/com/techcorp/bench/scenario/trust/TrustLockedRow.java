package com.techcorp.bench.scenario.trust;

import com.techcorp.bench.contender.EngineShop;
import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.scenario.DatabaseShop;
import com.techcorp.bench.scenario.TolerantClients;
import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Provider;
import com.techcorp.bench.workload.Workload;
import com.techcorp.saga.EngineOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The host keeps one stock row locked, as a stock-take in an open transaction does, while that
 * product is ordered once a second: what 16 clients who buy other goods keep.
 */
final class TrustLockedRow implements Trouble {
  private static final int NEIGHBOURS = 16;

  private final BenchServer server;
  private final EngineOptions engine;
  private final SliceTimes times;
  private final int rounds;

  TrustLockedRow(BenchServer server, EngineOptions engine, SliceTimes times, int rounds) {
    this.server = server;
    this.engine = engine;
    this.times = times;
    this.rounds = rounds;
  }

  @Override
  public List<TrustRow> run() throws InterruptedException {
    List<Double> alone = new ArrayList<>();
    List<Double> locked = new ArrayList<>();
    try (DatabaseShop trust = DatabaseShop.open(server, engine, new Provider(Duration.ZERO))) {
      try (TolerantClients neighbours =
          TolerantClients.start(trust.shop(), Workload.neighbours(), NEIGHBOURS, Duration.ZERO)) {
        neighbours.warmUp(times.warmUp());
        for (int round = 0; round < rounds; round++) {
          alone.add(neighbours.watch(times.measured()).confirmedPerSecond());
          locked.add(besideALock(trust, neighbours));
          neighbours.watch(times.warmUp());
        }
      }
      trust.verify();
    }
    return List.of(
        TrustRow.rates("a locked stock row: 16 others", alone, locked, "ratio at least 0.8"));
  }

  private double besideALock(DatabaseShop trust, TolerantClients neighbours) {
    ScheduledExecutorService buyer = Executors.newSingleThreadScheduledExecutor();
    try (Connection connection = DriverManager.getConnection(trust.database().url());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "select from inventory.stock where product_id = '" + Workload.hot() + "' for update");
      buyer.scheduleAtFixedRate(() -> buyLocked(trust.shop()), 0, 1, TimeUnit.SECONDS);
      double rate = neighbours.watch(times.measured()).confirmedPerSecond();
      connection.rollback();
      return rate;
    } catch (SQLException e) {
      throw BenchDatabase.failed("the row could not be locked", e);
    } finally {
      buyer.shutdownNow();
    }
  }

  /** Nobody waits for it: how it ends is checked with all orders. */
  private static void buyLocked(EngineShop shop) {
    var unused = shop.outcomeOf(new Workload(Load.HOT).next(new SplittableRandom()));
  }
}
