package com.techcorp.bench;

import com.techcorp.saga.EngineOptions;
import com.zaxxer.hikari.HikariDataSource;

/** Runs one contender once, in a fresh database, and checks every order. */
final class Slice {
  private static final String CONFIRMED =
      "select count(*) from orders.orders where status = 'CONFIRMED'";
  private static final String ORDERS = "select count(*) from orders.orders";

  private final BenchServer server;
  private final EngineOptions engine;

  Slice(BenchServer server, EngineOptions engine) {
    this.server = server;
    this.engine = engine;
  }

  Sample run(Cell cell, Contender contender, int round, int pool, SliceTimes times)
      throws InterruptedException {
    try (BenchDatabase database = server.emptyTables()) {
      server.checkpoint();
      return measure(database, cell, contender, round, pool, times);
    }
  }

  private Sample measure(
      BenchDatabase database, Cell cell, Contender contender, int round, int pool, SliceTimes times)
      throws InterruptedException {
    try (Meters meters = new Meters(server, database)) {
      ClosedLoop.Result result = load(database, cell, contender, pool, times, meters);
      Costs costs = meters.costs(result);
      verify(database, contender, result);
      return new Sample(cell, contender, round, pool, result, costs);
    }
  }

  private ClosedLoop.Result load(
      BenchDatabase database,
      Cell cell,
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

  private static void verify(
      BenchDatabase database, Contender contender, ClosedLoop.Result result) {
    Verification.counts("orders CONFIRMED", result.all(), database.count(CONFIRMED));
    Verification.counts("orders", result.all(), database.count(ORDERS));
    try (HikariDataSource connections = database.pool(1)) {
      Verification.invariants(connections, Verification.exemptions(contender.isFloor(), false));
    }
  }
}
