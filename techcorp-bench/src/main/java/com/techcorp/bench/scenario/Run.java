package com.techcorp.bench.scenario;

import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.database.Tables;
import com.techcorp.bench.database.Verification;
import com.techcorp.bench.measure.ClosedLoop;
import com.techcorp.bench.measure.Costs;
import com.techcorp.bench.measure.Meters;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.measure.StatementProfile;
import com.techcorp.bench.plan.Condition;
import com.techcorp.bench.workload.Provider;
import com.techcorp.bench.workload.Shop;
import com.techcorp.bench.workload.Workload;
import com.techcorp.saga.EngineOptions;
import com.zaxxer.hikari.HikariDataSource;

/** Runs one contender once and checks its orders. */
public final class Run {
  private static final String CONFIRMED =
      "select count(*) from orders.orders where status = 'CONFIRMED'";
  private static final String ORDERS = "select count(*) from orders.orders";
  private static final String KEYS = "select count(*) from orders.idempotency_keys";

  private final BenchServer server;
  private final EngineOptions engine;

  public Run(BenchServer server, EngineOptions engine) {
    this.server = server;
    this.engine = engine;
  }

  /** What goes on in the database beside the orders. */
  interface Beside {
    /** Begins before the first order; is closed after the last. */
    AutoCloseable begin(BenchDatabase database) throws InterruptedException;
  }

  /** Measures, and checks every order. */
  Sample run(Condition cell, Contender contender, int round, int pool, SliceTimes times)
      throws InterruptedException {
    return run(cell, contender, round, pool, times, database -> () -> {});
  }

  /** The same, with something going on beside it. */
  Sample run(
      Condition cell, Contender contender, int round, int pool, SliceTimes times, Beside beside)
      throws InterruptedException {
    try (BenchDatabase database = server.database(cell.tables())) {
      long before = orders(cell, database);
      long keys = keys(cell, database);
      server.checkpoint();
      ClosedLoop.Result result;
      Costs costs;
      try (Meters meters = new Meters(server, database)) {
        AutoCloseable other = beside.begin(database);
        try {
          result = load(database, cell, contender, pool, times, meters);
        } finally {
          close(other);
        }
        costs = meters.costs(result);
      }
      Verification.counts("orders CONFIRMED", result.all(), database.count(CONFIRMED) - before);
      Verification.counts("orders", result.all(), database.count(ORDERS) - before);
      Verification.counts(
          "idempotency keys", contender.isFloor() ? 0 : result.all(), database.count(KEYS) - keys);
      if (cell.tables() == Tables.EMPTY) {
        verify(database, contender.isFloor());
      }
      return new Sample(cell, contender, round, pool, result, costs);
    }
  }

  private static void close(AutoCloseable other) throws InterruptedException {
    try {
      other.close();
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("what went on beside the orders did not end", e);
    }
  }

  private static long orders(Condition cell, BenchDatabase database) {
    return cell.tables() == Tables.EMPTY ? 0 : database.count(ORDERS);
  }

  private static long keys(Condition cell, BenchDatabase database) {
    return cell.tables() == Tables.EMPTY ? 0 : database.count(KEYS);
  }

  /** Orders a second, for comparing settings only: nothing is checked beyond the count. */
  double trial(Condition cell, Contender contender, int pool, SliceTimes times)
      throws InterruptedException {
    try (BenchDatabase database = server.database(cell.tables())) {
      ClosedLoop.Result result =
          load(database, cell, contender, pool, times, new ClosedLoop.Window() {});
      return result.perSecond();
    }
  }

  /** What it sends. */
  StatementProfile statements(Condition cell, Contender contender, int pool, SliceTimes times)
      throws InterruptedException {
    try (BenchDatabase database = server.database(cell.tables())) {
      StatementProfile.begin(server, database);
      ClosedLoop.Result result =
          load(database, cell, contender, pool, times, new ClosedLoop.Window() {});
      return StatementProfile.end(server, database, result.all());
    }
  }

  private ClosedLoop.Result load(
      BenchDatabase database,
      Condition cell,
      Contender contender,
      int pool,
      SliceTimes times,
      ClosedLoop.Window window)
      throws InterruptedException {
    try (HikariDataSource connections = database.pool(pool);
        Shop shop = contender.open(connections, new Provider(cell.provider()), engine)) {
      return new ClosedLoop(shop, new Workload(cell.load()), cell.clients())
          .run(times.warmUp(), times.measured(), window);
    }
  }

  /**
   * All that was ordered in the one database of finished orders, by whichever contender, and what
   * was there before: once, for it takes minutes.
   */
  void verifyFinished() throws InterruptedException {
    try (BenchDatabase database = server.database(Tables.FINISHED)) {
      verify(database, true);
    }
  }

  private static void verify(BenchDatabase database, boolean floor) {
    try (HikariDataSource connections = database.pool(1)) {
      Verification.invariants(connections, Verification.exemptions(floor, false));
    }
  }
}
