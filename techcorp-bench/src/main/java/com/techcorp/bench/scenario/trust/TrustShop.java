package com.techcorp.bench.scenario.trust;

import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.contender.EngineShop;
import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.database.Tables;
import com.techcorp.bench.database.Verification;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.order.OrderOptions;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.saga.EngineOptions;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/** A database of its own with an engine on it, which does not relay. */
final class TrustShop implements AutoCloseable {
  private static final Duration REST = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(50);

  /**
   * Orders, and money that is on its way back. A saga that waits for its own time, such as the
   * expiry of a hold, is at rest.
   */
  private static final String UNFINISHED =
      """
      select (select count(*) from orders.orders where status = 'CREATED')
        + (select count(*) from saga.instances
           where definition = 'reversal' and state <> 'PARKED')
      """;

  private final BenchDatabase database;
  private final HikariDataSource pool;
  private final EngineShop shop;

  private TrustShop(BenchDatabase database, HikariDataSource pool, EngineShop shop) {
    this.database = database;
    this.pool = pool;
    this.shop = shop;
  }

  static TrustShop open(BenchServer server, EngineOptions engine, PaymentGateway provider)
      throws InterruptedException {
    return open(server, engine, provider, OrderOptions.DEFAULT);
  }

  static TrustShop open(
      BenchServer server, EngineOptions engine, PaymentGateway provider, OrderOptions orders)
      throws InterruptedException {
    BenchDatabase database = server.database(Tables.EMPTY);
    server.checkpoint();
    HikariDataSource pool = database.pool(Contender.engineConnections(engine));
    return new TrustShop(
        database,
        pool,
        EngineShop.withoutRelay(PostgresStorage.on(pool), provider, engine, orders));
  }

  BenchDatabase database() {
    return database;
  }

  EngineShop shop() {
    return shop;
  }

  /** Whatever the trouble did, all that was ordered ends, and no invariant is broken. */
  void verify() {
    verify(database);
  }

  /** The same of any database that an engine without relay is at work on. */
  static void verify(BenchDatabase database) {
    long until = System.nanoTime() + REST.toNanos();
    while (database.count(UNFINISHED) > 0) {
      if (System.nanoTime() - until > 0) {
        throw new Verification.FailedException(
            "orders are unfinished " + REST + " after the trouble");
      }
      TrustClients.pass(LOOK);
    }
    try (HikariDataSource connections = database.pool(1)) {
      Verification.invariants(connections, Verification.WITHOUT_RELAY);
    }
  }

  @Override
  public void close() {
    shop.close();
    pool.close();
    database.close();
  }
}
