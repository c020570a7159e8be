package com.techcorp.examples.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Reads, with plain SQL as any report could, what the database has come to. */
final class DatabaseView {
  private final DataSource dataSource;

  DatabaseView(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * What is still under way.
   *
   * @param sagas that are not parked
   * @param events not yet published, or that a consumer has still to take
   * @param messages not yet sent
   */
  record Pending(long sagas, long events, long messages) {
    boolean none() {
      return sagas + events + messages == 0;
    }
  }

  Pending pending() {
    return new Pending(
        count("select count(*) from saga.instances where state <> 'PARKED'"),
        count(
            "select (select count(*) from messaging.outbox)"
                + " + (select count(*) from messaging.consumer_backlog)"),
        count(
            "select count(*) from notifications.delivery_log"
                + " where status in ('QUEUED', 'SENDING')"));
  }

  long orders() {
    return count("select count(*) from orders.orders");
  }

  long parked() {
    return count("select count(*) from saga.instances where state = 'PARKED'");
  }

  long messages(String status) {
    return count("select count(*) from notifications.delivery_log where status = '" + status + "'");
  }

  long units() {
    return count("select coalesce(sum(available), 0)::bigint from inventory.stock");
  }

  /** Takes an order and what its customer owes. */
  interface Price {
    void of(UUID order, long due);
  }

  /** What each order has to have brought in: its amount if it is confirmed, else nothing. */
  void prices(Price price) {
    read(
        "select id, case when status = 'CONFIRMED' then amount else 0 end from orders.orders",
        rows -> price.of(rows.getObject(1, UUID.class), rows.getLong(2)));
  }

  /** In the demo every cart is ordered once. */
  long cartsOrderedTwice() {
    return count("select count(*) - count(distinct cart_id) from orders.orders");
  }

  List<UUID> unfinished() {
    List<UUID> ids = new ArrayList<>();
    read(
        "select id from orders.orders where status = 'CREATED'",
        rows -> ids.add(rows.getObject(1, UUID.class)));
    return ids;
  }

  /** How many of these orders stand as confirmed. */
  long confirmed(List<UUID> ids) {
    return count(ids, "status = 'CONFIRMED'");
  }

  /** How many of these orders are there and have ended. */
  long ended(List<UUID> ids) {
    return count(ids, "status <> 'CREATED'");
  }

  /** An order and whose it is. */
  record Owned(UUID order, UUID user) {}

  List<Owned> newest(int limit) {
    List<Owned> orders = new ArrayList<>();
    read(
        "select id, user_id from orders.orders order by id desc limit " + limit,
        rows ->
            orders.add(new Owned(rows.getObject(1, UUID.class), rows.getObject(2, UUID.class))));
    return orders;
  }

  private interface Row {
    void read(ResultSet rows) throws SQLException;
  }

  private long count(String query) {
    long[] count = {0};
    read(query, rows -> count[0] = rows.getLong(1));
    return count[0];
  }

  private long count(List<UUID> ids, String condition) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select count(*) from orders.orders where id = any (?) and " + condition)) {
      statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw DemoData.unavailable(e);
    }
  }

  private void read(String query, Row row) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        row.read(rows);
      }
    } catch (SQLException e) {
      throw DemoData.unavailable(e);
    }
  }
}
