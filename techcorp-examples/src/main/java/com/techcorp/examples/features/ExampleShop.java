package com.techcorp.examples.features;

import com.techcorp.TechCorp;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.jdbc.SchemaNames;
import com.techcorp.order.PlaceOrder;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.servers.postgres.PostgresServer;
import com.techcorp.servers.rabbit.RabbitServer;
import com.techcorp.testkit.SimulatedGateway;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * What the examples share and none of them is about: a database of their own with one customer, one
 * product and 100 units of it, a cart for each order, and a RabbitMQ.
 */
final class ExampleShop implements AutoCloseable {
  /** The default names, with tables for what a host may have of its own, and for search. */
  static final SchemaNames SCHEMAS =
      SchemaNames.DEFAULT.withHostTables().withAuthTables().withSearchTables();

  /** In minor units. */
  static final long PRICE = 1_999;

  static final long UNITS = 100;

  private static final int CONNECTIONS = 24;
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();
  private final HikariDataSource pool = pool(server.jdbcUrl(database));
  private final UUID customer = UUID.randomUUID();
  private final UUID address = UUID.randomUUID();
  private final UUID product = UUID.randomUUID();

  private ExampleShop() {}

  /** A shop with one customer, one product and its stock. */
  static ExampleShop open() throws SQLException {
    ExampleShop shop = empty();
    PostgresStorage.migrate(shop.pool, SCHEMAS);
    shop.execute(
        "insert into catalog.products (id, title, price, currency, document, updated_at)"
            + " values (?, 'Coffee', ?, 'BRL', '{}', now())",
        shop.product,
        PRICE);
    shop.execute(
        "insert into customers.customers (id, email, full_name, locale)"
            + " values (?, 'ana@example.com', 'Ana', 'pt-BR')",
        shop.customer);
    shop.execute(
        "insert into customers.addresses (id, customer_id, document) values (?, ?, '{}')",
        shop.address,
        shop.customer);
    try (TechCorp library = shop.wired().start()) {
      library.inventory().restock(shop.product, UNITS);
    }
    return shop;
  }

  /** A database with nothing in it. */
  static ExampleShop empty() {
    return new ExampleShop();
  }

  private static HikariDataSource pool(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(2);
    return new HikariDataSource(config);
  }

  DataSource dataSource() {
    return pool;
  }

  PostgresStorage storage() {
    return PostgresStorage.builder(pool).schemas(SCHEMAS).build();
  }

  /** The library on this shop's tables, with a provider that approves every charge. */
  TechCorp.Builder wired() {
    return wired(storage(), SimulatedGateway.approving());
  }

  /** The library on this shop's tables. */
  TechCorp.Builder wired(PostgresStorage storage, PaymentGateway payments) {
    return TechCorp.builder()
        .storage(storage)
        .carts(storage.carts())
        .catalog(storage.catalog())
        .customers(storage.customers())
        .payments(payments);
  }

  UUID customer() {
    return customer;
  }

  UUID address() {
    return address;
  }

  UUID product() {
    return product;
  }

  /** A request for one unit of the product, from a new cart of the customer. */
  PlaceOrder order() throws SQLException {
    return order(customer);
  }

  /** A request for one unit of the product, from a new cart of a user: the customer. */
  PlaceOrder order(UUID user) throws SQLException {
    UUID cart = UUID.randomUUID();
    execute("insert into carts.carts (id, user_id) values (?, ?)", cart, user);
    execute(
        "insert into carts.cart_items (cart_id, line, product_id, quantity) values (?, 1, ?, 1)",
        cart,
        product);
    return PlaceOrder.of(user, cart, address, "credit_card", "tok_visa");
  }

  /** A virtual host of the shared RabbitMQ, where nobody else is. */
  static String rabbit() {
    RabbitServer rabbit = RabbitServer.shared();
    return rabbit.amqpUri(rabbit.createVirtualHost());
  }

  void execute(String sql, Object... parameters) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.execute();
    }
  }

  /** The first column of a query, as text. */
  List<String> texts(String query) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  /** Waits for what happens a moment later on another thread, such as a consumer's. */
  static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("it did not happen within " + LIMIT);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  @Override
  public void close() {
    pool.close();
    server.dropDatabase(database);
  }
}
