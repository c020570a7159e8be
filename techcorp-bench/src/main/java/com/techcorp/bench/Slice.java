package com.techcorp.bench;

import com.techcorp.saga.EngineOptions;
import com.zaxxer.hikari.HikariDataSource;

/** Runs one contender once, in a database of its own. */
final class Slice {
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
      return new Sample(
          cell, contender, round, pool, measure(database, cell, contender, pool, times));
    }
  }

  private ClosedLoop.Result measure(
      BenchDatabase database, Cell cell, Contender contender, int pool, SliceTimes times)
      throws InterruptedException {
    try (HikariDataSource connections = database.pool(pool);
        Shop shop = contender.open(connections, new Provider(cell.provider()), engine)) {
      return new ClosedLoop(shop, new Workload(cell.load()), cell.clients())
          .run(times.warmUp(), times.measured(), new ClosedLoop.Window() {});
    }
  }
}
