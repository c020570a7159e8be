package com.techcorp.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.TechCorp;
import com.techcorp.catalog.Product;
import com.techcorp.error.SoldOutException;
import com.techcorp.jdbc.InvariantCheck;
import com.techcorp.jdbc.InvariantReport;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.order.CustomerDirectory.Customer;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.PlaceOrder;
import com.techcorp.servers.postgres.PostgresServer;
import com.techcorp.testkit.MemoryCarts;
import com.techcorp.testkit.MemoryCatalog;
import com.techcorp.testkit.MemoryCustomers;
import com.techcorp.testkit.SimulatedGateway;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Customers who order goods that are in stock, and now and then goods that are sold out, until this
 * is stopped. Orders are in PostgreSQL; only the counters of available units are in Redis. Whatever
 * happens to Redis, each order must come to its end, and none may fail: what does is in {@link
 * #wrong}.
 */
final class OrderLoad implements AutoCloseable {
  /** So many orders may have been placed before something happened, and end after it. */
  static final int CUSTOMERS = 2;

  private static final PostgresServer POSTGRES = PostgresServer.shared();
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int CONNECTIONS = 12;
  private static final long PRICE = 1_000;

  /** Each so many orders, one is of goods that are sold out. */
  private static final int SAMPLE = 5;

  private final String database = POSTGRES.createDatabase();
  private final MemoryCarts carts = new MemoryCarts();
  private final MemoryCatalog catalog = new MemoryCatalog();
  private final MemoryCustomers customers = new MemoryCustomers();
  private final HikariDataSource pool;
  private final TechCorp shop;
  private final UUID inStock;
  private final UUID soldOut;
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<Throwable> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger confirmed = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** Begins. */
  OrderLoad(RedisCache cache) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(POSTGRES.jdbcUrl(database));
    config.setMaximumPoolSize(CONNECTIONS);
    pool = new HikariDataSource(config);
    PostgresStorage.migrate(pool);
    shop =
        TechCorp.builder()
            .storage(PostgresStorage.on(pool))
            .payments(SimulatedGateway.approving())
            .carts(carts)
            .catalog(catalog)
            .customers(customers)
            .counters(cache.counters())
            .start();
    inStock = product(1_000_000);
    soldOut = product(1);
    for (int i = 0; i < CUSTOMERS; i++) {
      Thread thread = new Thread(this::run, "customer-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  private UUID product(long units) {
    UUID id = UUID.randomUUID();
    catalog.put(new Product(id, "Product " + id, PRICE, "BRL", 1));
    shop.inventory().restock(id, units);
    return id;
  }

  /** Orders that were confirmed. */
  int confirmed() {
    return confirmed.get();
  }

  /** Orders of goods that are sold out. */
  int refused() {
    return refused.get();
  }

  /** What was thrown, and orders that ended as none should. */
  List<Throwable> wrong() {
    return List.copyOf(wrong);
  }

  /** After the end: nothing is under way, and all invariants hold. */
  void assertSettles() {
    InvariantCheck check = InvariantCheck.on(pool).withSettled(true);
    await()
        .pollDelay(Duration.ZERO)
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              InvariantReport report = check.run();
              assertThat(report.isClean()).as(report::text).isTrue();
            });
  }

  /** Ends the orders, each with its outcome. */
  void stop() {
    stopped.countDown();
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
    shop.close();
    pool.close();
    POSTGRES.dropDatabase(database);
  }

  private void run() {
    UUID user = UUID.randomUUID();
    UUID address = UUID.randomUUID();
    customers.put(new Customer(user, user + "@example.com", "Ana", "pt-BR"), address);
    try {
      int i = 0;
      do {
        i++;
        if (i % SAMPLE == 0) {
          askInVain(user, address);
        } else {
          expect(order(user, address, inStock, 1) instanceof OrderOutcome.Confirmed, "an order");
          confirmed.incrementAndGet();
        }
      } while (!stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (Exception | Error e) {
      wrong.add(e);
    }
  }

  /** One order a second is let through to the storage, and cancelled there. */
  private void askInVain(UUID user, UUID address) throws Exception {
    try {
      OrderOutcome outcome = order(user, address, soldOut, 2);
      expect(outcome instanceof OrderOutcome.Cancelled, "goods that are sold out");
    } catch (SoldOutException e) {
      expect(e.productId().equals(soldOut), "the product that is sold out");
    }
    refused.incrementAndGet();
  }

  private OrderOutcome order(UUID user, UUID address, UUID product, long units) throws Exception {
    UUID cart = UUID.randomUUID();
    carts.put(cart, user, product, units);
    try {
      return shop.orders()
          .place(PlaceOrder.of(user, cart, address, "credit_card", "tok_" + cart))
          .outcome()
          .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } finally {
      carts.remove(cart);
    }
  }

  private void expect(boolean condition, String what) {
    if (!condition) {
      wrong.add(new AssertionError("a wrong outcome: " + what));
    }
  }
}
