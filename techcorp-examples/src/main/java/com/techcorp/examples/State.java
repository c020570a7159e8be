package com.techcorp.examples;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Reads, with plain SQL as any report could, what the database has come to. */
final class State {
  private final DataSource dataSource;

  State(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * What is still under way.
   *
   * @param sagas that are not parked
   * @param events not yet published
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
        count("select count(*) from messaging.outbox"),
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

  /** What confirmed orders cost, all together. */
  long sold() {
    return count(
        "select coalesce(sum(amount), 0)::bigint from orders.orders where status = 'CONFIRMED'");
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
    long[] confirmed = {0};
    for (UUID id : ids) {
      confirmed[0] +=
          count(
              "select count(*) from orders.orders where status = 'CONFIRMED' and id = '"
                  + id
                  + "'");
    }
    return confirmed[0];
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
