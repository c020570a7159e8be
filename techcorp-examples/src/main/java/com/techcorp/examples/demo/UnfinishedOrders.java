package com.techcorp.examples.demo;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The orders that a killed process owned, and what becomes of them, read with plain SQL. */
final class UnfinishedOrders {
  private static final Duration LAST_WRITES = Duration.ofSeconds(2);
  private static final long POLL_MILLIS = 5;

  private static final String SESSIONS =
      "select count(*) from pg_stat_activity where application_name = ?";
  private static final String NODE = "select coalesce(max(id), 0) from saga.nodes where name = ?";
  private static final String OWNED =
      "select id from saga.instances where owner = ? and definition = 'order'";
  private static final String STANDING =
      """
      select (select extract(epoch from n.lease_until - saga.clock())
              from saga.nodes n where n.id = ?) as lease,
             (select count(*) from saga.instances s where s.id = any (?) and s.owner = ?) as held,
             count(*) filter (where o.status = 'CREATED') as under_way,
             count(*) filter (where o.status = 'CREATED' and t.status = 'UNKNOWN') as undecided,
             count(*) filter (where o.status = 'CONFIRMED') as confirmed
      from orders.orders o left join payments.transactions t on t.order_id = o.id
      where o.id = any (?)
      """;

  private final DataSource dataSource;
  private final int node;
  private final List<UUID> orders;

  private UnfinishedOrders(DataSource dataSource, int node, List<UUID> orders) {
    this.dataSource = dataSource;
    this.node = node;
    this.orders = orders;
  }

  /**
   * How they stand.
   *
   * @param lease how long the dead process's lease stands; null once another one has taken over
   * @param held how many are still its own
   * @param underWay how many have not ended
   * @param undecided of these, those whose payment the provider has not answered
   * @param confirmed how many ended so
   */
  record Standing(@Nullable Duration lease, int held, int underWay, int undecided, int confirmed) {}

  /**
   * Of a process that is dead, by the name it gave to its node and its sessions. What its sessions
   * had begun to write when it died is waited for.
   */
  static UnfinishedOrders of(DataSource dataSource, String name) {
    try (Connection connection = dataSource.getConnection()) {
      long start = System.nanoTime();
      while (number(connection, SESSIONS, name) > 0
          && System.nanoTime() - start < LAST_WRITES.toNanos()) {
        Thread.sleep(POLL_MILLIS);
      }
      int node = number(connection, NODE, name);
      return new UnfinishedOrders(dataSource, node, owned(connection, node));
    } catch (SQLException e) {
      throw DemoData.unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static int number(Connection connection, String query, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  private static List<UUID> owned(Connection connection, int node) throws SQLException {
    List<UUID> ids = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(OWNED)) {
      statement.setInt(1, node);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getObject(1, UUID.class));
        }
      }
    }
    return ids;
  }

  int count() {
    return orders.size();
  }

  Standing look() {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(STANDING)) {
      Array ids = connection.createArrayOf("uuid", orders.toArray());
      statement.setInt(1, node);
      statement.setArray(2, ids);
      statement.setInt(3, node);
      statement.setArray(4, ids);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        double lease = rows.getDouble("lease");
        return new Standing(
            rows.wasNull() ? null : Duration.ofMillis(Math.round(lease * 1_000)),
            rows.getInt("held"),
            rows.getInt("under_way"),
            rows.getInt("undecided"),
            rows.getInt("confirmed"));
      }
    } catch (SQLException e) {
      throw DemoData.unavailable(e);
    }
  }
}
