package com.techcorp.bench.scenario.counters;

import com.techcorp.StockDrift;
import com.techcorp.Storage;
import com.techcorp.bench.contender.EngineShop;
import com.techcorp.bench.database.BenchRedis;
import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.database.Verification;
import com.techcorp.bench.scenario.DatabaseShop;
import com.techcorp.bench.scenario.TolerantClients;
import com.techcorp.bench.workload.Provider;
import com.techcorp.inventory.DriftReport;
import com.techcorp.inventory.StockCounter;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.order.OrderOptions;
import com.techcorp.order.SoldOutOptions;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.saga.EngineOptions;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * Opens shops, each on a database of its own, with counters and without. All refuse what is sold
 * out by {@code SoldOutException}.
 *
 * @param server of the databases
 * @param engine of each shop
 * @param redis keeps the counters of one shop at a time: all databases have the same products
 */
record CounterShops(BenchServer server, EngineOptions engine, BenchRedis redis) {
  private static final OrderOptions THROWN =
      OrderOptions.DEFAULT.withSoldOut(SoldOutOptions.DEFAULT.withRecorded(false));
  private static final PaymentGateway PROVIDER = new Provider(Duration.ZERO);
  private static final String RESERVED =
      "select count(distinct product_id) from inventory.reservations";

  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(50);

  /** Knows only what its own process was refused. */
  DatabaseShop withoutCounters() throws InterruptedException {
    return DatabaseShop.open(server, engine, PROVIDER, THROWN);
  }

  DatabaseShop withCounters() throws InterruptedException {
    return withCounters(counters(), storage -> storage);
  }

  /**
   * With counters that somebody watches.
   *
   * @param watched writes to {@link #counters()} in the end
   * @param storage puts something around the storage
   */
  DatabaseShop withCounters(StockCounter watched, UnaryOperator<Storage> storage)
      throws InterruptedException {
    redis.commands().flushall();
    return DatabaseShop.open(
        server,
        engine,
        on -> EngineShop.withCounters(storage.apply(on), PROVIDER, engine, watched));
  }

  StockCounter counters() {
    return redis.cache().counters();
  }

  /**
   * Waits until there are counters of all products that changed, and say what the database does.
   */
  void verifyCounters(DatabaseShop withCounters) {
    long changed = withCounters.database().count(RESERVED);
    try (HikariDataSource pool = withCounters.database().pool(1)) {
      StockDrift drift = StockDrift.between(PostgresStorage.on(pool).stock(), counters());
      long until = System.nanoTime() + LONGEST.toNanos();
      DriftReport report = drift.measure();
      while (report.behind() + report.wrong() > 0
          || report.products() - report.absent() < changed) {
        if (System.nanoTime() - until > 0) {
          throw new Verification.FailedException(
              "counters differ from the stock: of "
                  + changed
                  + " products that changed, there are counters of "
                  + (report.products() - report.absent())
                  + ", "
                  + (report.behind() + report.wrong())
                  + " of them not equal");
        }
        TolerantClients.pass(LOOK);
        report = drift.measure();
      }
    }
  }
}
