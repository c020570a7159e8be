package com.techcorp.examples.apart;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Reads what two databases say of the same orders. */
final class Books {
  private static final String ORDERS =
      "select id, concat_ws(' ', status, cancel_reason) from orders.orders";

  private static final String ITEMS =
      "select order_id, product_id, quantity from orders.order_items";

  private static final String HELD =
      """
      select order_id, product_id, quantity from inventory.reservations
      where status in ('PENDING', 'CONFIRMED')
      """;

  private static final String SOLD =
      """
      select order_id, product_id, -sum(quantity) from inventory.stock_movements
      where order_id is not null group by order_id, product_id having sum(quantity) <> 0
      """;

  private final HikariDataSource orders;
  private final HikariDataSource stock;

  Books(HikariDataSource orders, HikariDataSource stock) {
    this.orders = orders;
    this.stock = stock;
  }

  /** How many rows there are still to do, of both. */
  long open() throws SQLException {
    long open = 0;
    for (HikariDataSource database : List.of(orders, stock)) {
      for (String table :
          List.of(
              "orders.orders where status = 'CREATED'",
              "saga.instances",
              "messaging.outbox",
              "messaging.consumer_backlog")) {
        open += number(database, "select count(*) from " + table);
      }
    }
    return open;
  }

  /** Some of what is still to do, for a message. */
  List<String> waiting() throws SQLException {
    List<String> waiting = new ArrayList<>();
    for (HikariDataSource database : List.of(orders, stock)) {
      query(
          database,
          """
          select concat_ws(' ', definition, step, state, 'attempt', attempt, 'due', next_run_at, last_error)
          from saga.instances limit 5
          """,
          row -> waiting.add(row.getString(1)));
      query(
          database,
          "select concat_ws(' ', 'outbox', event_type, created_at) from messaging.outbox limit 5",
          row -> waiting.add(row.getString(1)));
    }
    return waiting;
  }

  Map<UUID, String> statuses() throws SQLException {
    Map<UUID, String> statuses = new HashMap<>();
    query(orders, ORDERS, row -> statuses.put(row.getObject(1, UUID.class), row.getString(2)));
    return statuses;
  }

  Map<UUID, Map<UUID, Long>> items() throws SQLException {
    return quantities(orders, ITEMS);
  }

  /** What is held or sold, by order. */
  Map<UUID, Map<UUID, Long>> held() throws SQLException {
    return quantities(stock, HELD);
  }

  /** What moved and did not come back, by order. */
  Map<UUID, Map<UUID, Long>> sold() throws SQLException {
    return quantities(stock, SOLD);
  }

  private static Map<UUID, Map<UUID, Long>> quantities(HikariDataSource database, String sql)
      throws SQLException {
    Map<UUID, Map<UUID, Long>> quantities = new HashMap<>();
    query(
        database,
        sql,
        row ->
            quantities
                .computeIfAbsent(row.getObject(1, UUID.class), id -> new TreeMap<>())
                .put(row.getObject(2, UUID.class), row.getLong(3)));
    return quantities;
  }

  long number(HikariDataSource database, String sql) throws SQLException {
    long[] number = new long[1];
    query(database, sql, row -> number[0] = row.getLong(1));
    return number[0];
  }

  private interface Row {
    void read(ResultSet row) throws SQLException;
  }

  private static void query(HikariDataSource database, String sql, Row each) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        each.read(rows);
      }
    }
  }
}
