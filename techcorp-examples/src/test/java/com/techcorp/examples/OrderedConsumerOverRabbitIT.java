package com.techcorp.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.techcorp.amqp.RabbitEventBus;
import com.techcorp.amqp.RabbitOptions;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.messaging.Event;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderedConsumer;
import com.techcorp.testkit.servers.RabbitServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A consumer in two processes that fails at random, with the ladder of waits between: it repeats
 * and reorders, and each order's effects are in sequence and there once all the same.
 */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OrderedConsumerOverRabbitIT {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String CONSUMER = "ledger";
  private static final int ORDERS = 40;
  private static final int EVENTS = 8;
  private static final double FAILURES = 0.3;
  private static final List<Integer> ALL = IntStream.rangeClosed(1, EVENTS).boxed().toList();

  private final Random random = new Random(seed());
  private DemoDatabase database;
  private PostgresStorage storage;
  private RabbitServer broker;
  private String virtualHost;
  private RabbitEventBus first;
  private RabbitEventBus second;

  private static long seed() {
    long seed = Long.getLong("techcorp.seed", System.nanoTime());
    System.err.println("OrderedConsumerOverRabbitIT: -Dtechcorp.seed=" + seed);
    return seed;
  }

  @BeforeEach
  void open() throws SQLException {
    database = DemoDatabase.open(null, null, 14);
    PostgresStorage.migrate(database.dataSource());
    storage = PostgresStorage.on(database.dataSource());
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table host_ledger (n bigint generated always as identity,"
              + " order_id uuid not null, sequence integer not null)");
    }
    broker = RabbitServer.shared();
    virtualHost = broker.createVirtualHost();
    first = subscribed();
    second = subscribed();
  }

  private RabbitEventBus subscribed() {
    RabbitEventBus bus =
        RabbitEventBus.connect(
            broker.amqpUri(virtualHost),
            RabbitOptions.DEFAULT.withWaits(
                Stream.of(20, 40, 80, 160).map(Duration::ofMillis).toList()));
    bus.subscribe(
        OrderedConsumer.subscription(
            CONSUMER,
            OrderEventType.routingKeys(),
            storage.inbox(),
            storage.unitOfWork(),
            this::record));
    return bus;
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
    broker.deleteVirtualHost(virtualHost);
    database.close();
  }

  /** Fails before its effect, or after it, with the transaction still open. */
  private void record(Event event, OrderedConsumer.Turn turn) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      try {
        failAtRandom();
        insert(connection, event);
        turn.take(storage.within(connection));
        failAtRandom();
        connection.commit();
      } finally {
        connection.rollback();
      }
    }
  }

  private void failAtRandom() {
    if (random.nextDouble() < FAILURES / 2) {
      throw new IllegalStateException("no luck");
    }
  }

  private static void insert(Connection connection, Event event) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into host_ledger (order_id, sequence) values (?, ?)")) {
      insert.setObject(1, event.orderId());
      insert.setInt(2, event.sequence());
      insert.execute();
    }
  }

  @Test
  void hasEachOrdersEffectsOnceAndInSequence() throws Exception {
    // given
    List<UUID> orders = Stream.generate(UUID::randomUUID).limit(ORDERS).toList();

    // when many orders' events are published at once, each order's one after the other
    List<CompletableFuture<Void>> published = new ArrayList<>();
    for (UUID order : orders) {
      published.add(CompletableFuture.runAsync(() -> publishAll(order)));
    }
    published.forEach(one -> one.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join());

    // then, once what failed too often was replayed
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              first.deadLetters(CONSUMER).replay(1_000);
              return effects().values().stream().mapToInt(List::size).sum() >= ORDERS * EVENTS;
            });
    assertThat(effects())
        .hasSize(ORDERS)
        .allSatisfy((order, sequences) -> assertThat(sequences).isEqualTo(ALL));
  }

  /** As the relay does, with some events twice. */
  private void publishAll(UUID order) {
    for (int sequence = 1; sequence <= EVENTS; sequence++) {
      Event event = event(order, sequence);
      publish(event);
      if (sequence % 3 == 0) {
        publish(event);
      }
    }
  }

  private void publish(Event event) {
    await()
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> first.publish(event).get(30, TimeUnit.SECONDS));
  }

  private static Event event(UUID order, int sequence) {
    UUID id = UUID.randomUUID();
    String type = sequence % 2 == 0 ? "order.confirmed" : "payment.confirmed";
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload.put("event", type);
    payload.put("event_id", id.toString());
    payload.put("version", 1);
    payload.put("order_id", order.toString());
    payload.put("sequence", sequence);
    return new Event(id, order, sequence, type, payload);
  }

  private Map<UUID, List<Integer>> effects() throws SQLException {
    Map<UUID, List<Integer>> effects = new HashMap<>();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select order_id, sequence from host_ledger order by n")) {
      while (rows.next()) {
        effects
            .computeIfAbsent(rows.getObject(1, UUID.class), order -> new ArrayList<>())
            .add(rows.getInt(2));
      }
    }
    return effects;
  }
}
