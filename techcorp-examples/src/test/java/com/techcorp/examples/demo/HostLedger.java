package com.techcorp.examples.demo;

import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.StreamConsumer;
import com.techcorp.messaging.Subscription;
import com.techcorp.order.OrderEventType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiConsumer;
import javax.sql.DataSource;

/**
 * A consumer as a host writes one: a line in a table of its own for each event, in the transaction
 * in which it takes the event. Thread-safe.
 */
final class HostLedger {
  static final String CONSUMER = "ledger";

  private final DataSource dataSource;
  private final PostgresStorage storage;
  private final BiConsumer<Moment, Event> interruption;

  /** Where it can be interrupted. */
  enum Moment {
    BEGUN,
    /** The transaction is open still. */
    WRITTEN,
    /** The delivery is not acknowledged yet. */
    COMMITTED
  }

  /**
   * @param interruption what happens at each moment: it may throw, or not come back
   */
  HostLedger(
      DataSource dataSource, PostgresStorage storage, BiConsumer<Moment, Event> interruption) {
    this.dataSource = dataSource;
    this.storage = storage;
    this.interruption = interruption;
  }

  static void createTable(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table host_ledger (n bigint generated always as identity,"
              + " order_id uuid not null, sequence integer not null, event_type text not null)");
    }
  }

  /** Fails before the effect or after it, each so often. */
  static BiConsumer<Moment, Event> failing(Random random, double share) {
    return (moment, event) -> {
      if (moment != Moment.COMMITTED && random.nextDouble() < share / 2) {
        throw new IllegalStateException("no luck");
      }
    };
  }

  Subscription subscription() {
    return StreamConsumer.subscription(
        CONSUMER,
        OrderEventType.routingKeys(),
        OrderEventType.routingKeys(),
        storage.inbox(),
        storage.unitOfWork(),
        this::record);
  }

  private void record(Event event, StreamConsumer.Turn turn) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        interruption.accept(Moment.BEGUN, event);
        insert(connection, event);
        turn.take(storage.within(connection));
        interruption.accept(Moment.WRITTEN, event);
        connection.commit();
      } finally {
        connection.rollback();
      }
    }
    interruption.accept(Moment.COMMITTED, event);
  }

  private static void insert(Connection connection, Event event) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into host_ledger (order_id, sequence, event_type) values (?, ?, ?)")) {
      insert.setObject(1, event.stream().id());
      insert.setInt(2, event.sequence());
      insert.setString(3, event.type());
      insert.execute();
    }
  }

  /** Each order's lines as they were written, such as {@code 1 payment.confirmed}. */
  Map<UUID, List<String>> lines() throws SQLException {
    Map<UUID, List<String>> lines = new HashMap<>();
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select order_id, sequence || ' ' || event_type from host_ledger order by n")) {
      while (rows.next()) {
        lines
            .computeIfAbsent(rows.getObject(1, UUID.class), order -> new ArrayList<>())
            .add(rows.getString(2));
      }
    }
    return lines;
  }
}
