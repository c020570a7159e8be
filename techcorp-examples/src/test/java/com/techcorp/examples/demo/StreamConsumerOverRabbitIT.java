package com.techcorp.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.amqp.RabbitEventBus;
import com.techcorp.amqp.RabbitOptions;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.messaging.Event;
import com.techcorp.servers.rabbit.RabbitServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
class StreamConsumerOverRabbitIT {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int ORDERS = 40;
  private static final int EVENTS = 8;
  private static final double FAILURES = 0.3;

  private final Random random = new Random(seed());
  private DemoDatabase database;
  private HostLedger ledger;
  private RabbitServer broker;
  private String virtualHost;
  private RabbitEventBus first;
  private RabbitEventBus second;

  private static long seed() {
    long seed = Long.getLong("techcorp.seed", System.nanoTime());
    System.err.println("StreamConsumerOverRabbitIT: -Dtechcorp.seed=" + seed);
    return seed;
  }

  @BeforeEach
  void open() throws SQLException {
    database = DemoDatabase.open(null, null, 14);
    PostgresStorage.migrate(database.dataSource());
    PostgresStorage storage = PostgresStorage.on(database.dataSource());
    HostLedger.createTable(database.dataSource());
    ledger = new HostLedger(database.dataSource(), storage, HostLedger.failing(random, FAILURES));
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
    bus.subscribe(ledger.subscription());
    return bus;
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
    broker.deleteVirtualHost(virtualHost);
    database.close();
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
              first.deadLetters(HostLedger.CONSUMER).replay(1_000);
              return ledger.lines().values().stream().mapToInt(List::size).sum() >= ORDERS * EVENTS;
            });
    assertThat(ledger.lines())
        .hasSize(ORDERS)
        .allSatisfy((order, lines) -> assertThat(lines).isEqualTo(LedgerEvents.lines(EVENTS)));
  }

  /** As the relay does, with some events twice. */
  private void publishAll(UUID order) {
    for (int sequence = 1; sequence <= EVENTS; sequence++) {
      Event event = LedgerEvents.event(order, sequence);
      LedgerEvents.publish(first, event);
      if (sequence % 3 == 0) {
        LedgerEvents.publish(first, event);
      }
    }
  }
}
