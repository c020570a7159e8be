package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.TechCorp;
import com.techcorp.catalog.Product;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.order.Cart;
import com.techcorp.order.CustomerDirectory.Customer;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.testkit.MemoryCarts;
import com.techcorp.testkit.MemoryCatalog;
import com.techcorp.testkit.MemoryCustomers;
import com.techcorp.testkit.RecordingSender;
import com.techcorp.testkit.SimulatedGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;

/**
 * A host with carts, products and customers in memory, one simulated provider, and any number of
 * running libraries over one database.
 */
final class TestShop implements AutoCloseable {
  static final long PRICE = 1_000;
  static final Duration PATIENCE = Duration.ofMinutes(5);

  final MemoryCarts carts = new MemoryCarts();
  final MemoryCatalog catalog = new MemoryCatalog();
  final MemoryCustomers customers = new MemoryCustomers();
  final SimulatedGateway gateway;
  private final TestDatabase database;
  private final List<TechCorp> running = new ArrayList<>();

  private TestShop(TestDatabase database, SimulatedGateway gateway) {
    this.database = database;
    this.gateway = gateway;
  }

  /** Over a fresh database on the shared server, with an approving provider. */
  static TestShop fresh() {
    return over(TestDatabase.fresh(), SimulatedGateway.approving());
  }

  /** The shop closes the database with itself. */
  static TestShop over(TestDatabase database, SimulatedGateway gateway) {
    return new TestShop(database, gateway);
  }

  /** Everything wired, nothing started. */
  TechCorp.Builder builder() {
    // Shorter than any lease of these tests: a time-out must be.
    Duration timeout = Duration.ofSeconds(1).plusMillis(500);
    return wired().storage(PostgresStorage.builder(database.pool()).timeout(timeout).build());
  }

  /** Everything but the storage. */
  TechCorp.Builder wired() {
    return TechCorp.builder()
        .payments(gateway)
        .carts(carts)
        .catalog(catalog)
        .customers(customers)
        .sender(new RecordingSender())
        .relay(RelayOptions.DEFAULT);
  }

  /** Starts one more library, which the shop closes. */
  TechCorp start(UnaryOperator<TechCorp.Builder> change) {
    return closing(change.apply(builder()).start());
  }

  TechCorp start() {
    return start(builder -> builder);
  }

  TechCorp closing(TechCorp library) {
    running.add(library);
    return library;
  }

  TestDatabase database() {
    return database;
  }

  Jdbi sql() {
    return Jdbi.create(database.pool());
  }

  long count(String table) {
    return count(sql(), table);
  }

  static long count(Jdbi sql, String table) {
    return sql.withHandle(
        h -> h.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }

  static void execute(TestDatabase database, String sql) {
    Jdbi.create(database.pool()).useHandle(handle -> handle.execute(sql));
  }

  /** A product for sale, with so many units in stock. */
  UUID product(TechCorp library, long units) {
    return product(library, units, PRICE);
  }

  /** Likewise, at another price. */
  UUID product(TechCorp library, long units, long price) {
    UUID id = product();
    catalog.put(new Product(id, "Product " + id, price, "BRL", 1));
    library.inventory().restock(id, units);
    return id;
  }

  /** A product for sale, without stock. */
  UUID product() {
    UUID id = UuidCreator.getTimeOrderedEpoch();
    catalog.put(new Product(id, "Product " + id, PRICE, "BRL", 1));
    return id;
  }

  /** Somebody new wants so many units, and has a cart and an address. */
  PlaceOrder order(UUID product, long quantity) {
    return order(new Cart.Item(product, quantity));
  }

  PlaceOrder order(Cart.Item... items) {
    UUID user = UuidCreator.getTimeOrderedEpoch();
    UUID address = UuidCreator.getTimeOrderedEpoch();
    customers.put(new Customer(user, user + "@example.com", "Ana", "pt-BR"), address);
    return order(user, address, items);
  }

  PlaceOrder order(UUID user, UUID address, Cart.Item... items) {
    UUID cart = UuidCreator.getTimeOrderedEpoch();
    carts.put(new Cart(cart, user, List.of(items)));
    return PlaceOrder.of(user, cart, address, "credit_card", "tok_" + cart);
  }

  static OrderOutcome outcome(OrderReceipt receipt) {
    try {
      return receipt.outcome().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("no outcome of order " + receipt.orderNumber(), e);
    }
  }

  static void eventually(Runnable assertion) {
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(assertion::run);
  }

  /** All work comes to its end, and every invariant holds then. */
  void assertSettles() {
    eventually(
        () -> {
          assertThat(count("saga.instances")).as("live sagas").isZero();
          assertThat(count("messaging.outbox")).as("events to publish").isZero();
          assertThat(count("messaging.consumer_backlog")).as("events to take").isZero();
        });
    assertClean(true);
  }

  /** Mail may be on its way a moment longer than the events; nothing else may. */
  private void assertClean(boolean settled) {
    InvariantCheck check = InvariantCheck.on(database.pool()).withSettled(settled);
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(
            () -> {
              InvariantReport report = check.run();
              assertThat(report.isClean()).as(report::text).isTrue();
            });
  }

  @Override
  public void close() {
    running.forEach(TechCorp::close);
    database.close();
  }
}
