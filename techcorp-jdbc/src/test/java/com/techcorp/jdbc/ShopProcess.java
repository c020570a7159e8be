package com.techcorp.jdbc;

import com.techcorp.TechCorp;
import com.techcorp.catalog.Product;
import com.techcorp.order.Cart;
import com.techcorp.order.CustomerDirectory;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.saga.EngineOptions;
import com.techcorp.servers.process.ChildJvm;
import com.techcorp.testkit.RecordingSender;
import com.techcorp.testkit.SimulatedCharge;
import com.techcorp.testkit.SimulatedGateway;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A host in a process of its own. Whatever cart is asked for holds one unit of one product. It says
 * {@code ready}, waits for the gate, places its orders and prints what became of them.
 */
final class ShopProcess {
  /** An advisory lock that the test holds exclusively until all shall begin. */
  static final int GATE = 42;

  static final Duration LEASE = Duration.ofSeconds(2);

  /** What the provider does, and how many orders of whom are placed. */
  enum Provider {
    APPROVES,
    NEVER_ANSWERS
  }

  private ShopProcess() {}

  static ChildJvm start(
      TestDatabase database, UUID product, Provider provider, int threads, PlaceOrder request) {
    return start(database, product, provider, threads, request, "-XX:TieredStopAtLevel=1");
  }

  static ChildJvm start(
      TestDatabase database,
      UUID product,
      Provider provider,
      int threads,
      PlaceOrder request,
      String... jvmOptions) {
    return ChildJvm.of(ShopProcess.class)
        .jvmOptions(jvmOptions)
        .args(
            database.url(),
            product.toString(),
            provider.name(),
            String.valueOf(threads),
            request.userId().toString(),
            request.shippingAddressId().toString(),
            // Without a cart each order has one of its own.
            request.idempotencyKey() == null ? "" : request.cartId().toString(),
            String.valueOf(request.idempotencyKey()),
            request.payment().cardToken().value())
        .start();
  }

  public static void main(String[] args) throws Exception {
    ChildJvm.haltWithParent();
    SimulatedGateway gateway = SimulatedGateway.approving();
    if (Provider.valueOf(args[2]) == Provider.NEVER_ANSWERS) {
      gateway.on().every(SimulatedCharge.approve().untilReleased());
    }
    try (HikariDataSource pool = TestDatabase.pool(args[0], 12);
        TechCorp library =
            started(pool, UUID.fromString(args[1]), gateway, UUID.fromString(args[4]))) {
      System.out.println("ready");
      pass(pool);
      placeAll(library, Integer.parseInt(args[3]), args);
      System.out.println("done");
      Thread.currentThread().join(); // lives on until it is killed, or its parent is gone
    }
  }

  private static TechCorp started(
      HikariDataSource pool, UUID product, SimulatedGateway gateway, UUID user) {
    CustomerDirectory customers =
        new CustomerDirectory() {
          @Override
          public Optional<Customer> findCustomer(UUID id) {
            return Optional.of(new Customer(id, id + "@example.com", "Ana", "pt-BR"));
          }

          @Override
          public boolean ownsAddress(UUID owner, UUID address) {
            return true;
          }
        };
    return TechCorp.builder()
        .storage(PostgresStorage.builder(pool).timeout(Duration.ofMillis(1_500)).build())
        .payments(gateway)
        .carts(id -> Optional.of(new Cart(id, user, List.of(new Cart.Item(product, 1)))))
        .catalog(ids -> Map.of(product, new Product(product, "P", TestShop.PRICE, "BRL", 1)))
        .customers(customers)
        .sender(new RecordingSender())
        .engine(EngineOptions.DEFAULT.withLease(LEASE))
        .start();
  }

  private static void pass(HikariDataSource pool) throws Exception {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_advisory_lock_shared(" + GATE + ")");
      statement.execute("select pg_advisory_unlock_shared(" + GATE + ")");
    }
  }

  private static void placeAll(TechCorp library, int threads, String[] args) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(threads);
    List<Future<OrderReceipt>> placed = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      UUID cart = args[6].isEmpty() ? UUID.randomUUID() : UUID.fromString(args[6]);
      PlaceOrder request =
          PlaceOrder.of(
              UUID.fromString(args[4]), cart, UUID.fromString(args[5]), "credit_card", args[8]);
      PlaceOrder keyed = args[7].equals("null") ? request : request.withKey(args[7]);
      placed.add(clients.submit(() -> library.orders().place(keyed)));
    }
    for (Future<OrderReceipt> order : placed) {
      System.out.println("order " + order.get().orderId());
    }
    clients.shutdown();
  }
}
