package com.techcorp.bench.scenario;

import com.techcorp.Storage;
import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.contender.EngineShop;
import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.database.Tables;
import com.techcorp.bench.database.Verification;
import com.techcorp.bench.workload.Workload;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.order.OrderOptions;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.saga.EngineOptions;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.function.Function;

/** A database of its own with an engine on it, which does not relay. */
public final class DatabaseShop implements AutoCloseable {
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

  private DatabaseShop(BenchDatabase database, HikariDataSource pool, EngineShop shop) {
    this.database = database;
    this.pool = pool;
    this.shop = shop;
  }

  public static DatabaseShop open(BenchServer server, EngineOptions engine, PaymentGateway provider)
      throws InterruptedException {
    return open(server, engine, provider, OrderOptions.DEFAULT);
  }

  public static DatabaseShop open(
      BenchServer server, EngineOptions engine, PaymentGateway provider, OrderOptions orders)
      throws InterruptedException {
    return open(
        server, engine, storage -> EngineShop.withoutRelay(storage, provider, engine, orders));
  }

  /**
   * Opens one with an engine of any kind.
   *
   * @param start starts the engine on the database
   */
  public static DatabaseShop open(
      BenchServer server, EngineOptions engine, Function<Storage, EngineShop> start)
      throws InterruptedException {
    BenchDatabase database = server.database(Tables.EMPTY);
    server.checkpoint();
    HikariDataSource pool = database.pool(Contender.engineConnections(engine));
    return new DatabaseShop(database, pool, start.apply(PostgresStorage.on(pool)));
  }

  public BenchDatabase database() {
    return database;
  }

  public EngineShop shop() {
    return shop;
  }

  /**
   * Takes away all units of the product that {@link com.techcorp.bench.workload.Load#HOT} is about,
   * as if it had never been delivered, so that its movements still add up.
   */
  public void sellOut() {
    database.execute(
        """
        with gone as (
          update inventory.stock set available = 0 where product_id = '%1$s' returning product_id)
        insert into inventory.stock_movements (product_id, quantity, movement_type, created_at)
        select product_id, -sum(quantity), 'ADJUSTMENT', now()
        from inventory.stock_movements join gone using (product_id) group by product_id
        """
            .formatted(Workload.hot()));
  }

  /** Whatever the trouble did, all that was ordered ends, and no invariant is broken. */
  public void verify() {
    verify(database);
  }

  /** The same of any database that an engine without relay is at work on. */
  public static void verify(BenchDatabase database) {
    rest(database);
    try (HikariDataSource connections = database.pool(1)) {
      Verification.invariants(connections, Verification.WITHOUT_RELAY);
    }
  }

  /** The same while sagas wait to see that holds of the host's own are not kept for too long. */
  public void verifyBesideHolds() {
    rest(database);
    try (HikariDataSource connections = database.pool(1)) {
      Verification.invariantsMeanwhile(connections);
    }
  }

  private static void rest(BenchDatabase database) {
    long until = System.nanoTime() + REST.toNanos();
    while (database.count(UNFINISHED) > 0) {
      if (System.nanoTime() - until > 0) {
        throw new Verification.FailedException(
            "orders are unfinished " + REST + " after the trouble");
      }
      TolerantClients.pass(LOOK);
    }
  }

  @Override
  public void close() {
    shop.close();
    pool.close();
    database.close();
  }
}
