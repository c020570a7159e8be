package com.techcorp.bench.database;

import com.techcorp.bench.workload.Workload;
import com.techcorp.catalog.Product;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/**
 * Fills tables with orders that are done, as if the shop had been open for a month. Written by
 * set-based SQL on all cores: two million take a few minutes.
 */
final class FinishedOrders {
  private static final long CHUNK = 25_000;

  /** Who orders and what, for the statement to join; gone when it is done. */
  private static final String HELPERS =
      """
      create schema bench;
      create table bench.people (n bigint primary key, id uuid, address uuid);
      create table bench.goods (n bigint primary key, id uuid, price bigint)
      """;

  private static final String PEOPLE =
      """
      insert into bench.people (n, id, address)
      select n - 1, id, address from unnest(?::uuid[], ?::uuid[]) with ordinality t (id, address, n)
      """;

  private static final String GOODS =
      """
      insert into bench.goods (n, id, price)
      select n - 1, id, price from unnest(?::uuid[], ?::int8[]) with ordinality t (id, price, n)
      """;

  /** The sequence goes on behind the last number, and stock is what is left. */
  private static final String SETTLE =
      """
      drop schema bench cascade;
      select setval('orders.order_number_seq', (select count(*) / 100 + 1 from orders.orders) * 100 + 1);
      update inventory.stock s set available = s.available + m.moved
      from (select product_id, sum(quantity) as moved from inventory.stock_movements
        where movement_type = 'SALE' group by product_id) m
      where m.product_id = s.product_id
      """;

  private final DataSource dataSource;
  private final long orders;

  FinishedOrders(DataSource dataSource, long orders) {
    this.dataSource = dataSource;
    this.orders = orders;
  }

  void write() throws InterruptedException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(HELPERS);
      helpers(connection);
      statement.execute("analyze bench.people, bench.goods");
      chunks();
      statement.execute(SETTLE);
      statement.execute("vacuum (analyze)");
    } catch (SQLException e) {
      throw BenchDatabase.failed("the finished orders could not be written", e);
    }
  }

  private static void helpers(Connection connection) throws SQLException {
    List<Product> goods = Workload.catalogue();
    try (PreparedStatement people = connection.prepareStatement(PEOPLE);
        PreparedStatement products = connection.prepareStatement(GOODS)) {
      people.setArray(1, connection.createArrayOf("uuid", Workload.users()));
      people.setArray(2, connection.createArrayOf("uuid", Workload.addresses()));
      people.executeUpdate();
      UUID[] ids = goods.stream().map(Product::id).toArray(UUID[]::new);
      Long[] prices = goods.stream().map(Product::price).toArray(Long[]::new);
      products.setArray(1, connection.createArrayOf("uuid", ids));
      products.setArray(2, connection.createArrayOf("int8", prices));
      products.executeUpdate();
    }
  }

  private void chunks() throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<?>> chunks =
          LongStream.iterate(1, from -> from <= orders, from -> from + CHUNK)
              .<Future<?>>mapToObj(from -> pool.submit(() -> chunk(from)))
              .toList();
      for (Future<?> chunk : chunks) {
        chunk.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the finished orders could not be written", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private void chunk(long from) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      // Each common table is joined once, whole.
      statement.execute("set work_mem = '128MB'");
      statement.execute("set enable_nestloop = off");
      statement.execute(sql(from, Math.min(orders, from + CHUNK - 1)));
      statement.execute("reset all");
    } catch (SQLException e) {
      throw BenchDatabase.failed("orders from " + from, e);
    }
  }

  private String sql(long from, long to) {
    List<Long> values =
        List.of(from, to, orders, (long) Workload.CUSTOMERS, (long) Workload.PRODUCTS);
    String sql = text();
    for (int i : IntStream.range(0, values.size()).toArray()) {
      sql = sql.replace("$" + (i + 1), values.get(i).toString());
    }
    return sql;
  }

  private static String text() {
    try (InputStream in =
        Objects.requireNonNull(
            FinishedOrders.class.getResourceAsStream("finished-orders.sql"),
            "finished-orders.sql is missing")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
