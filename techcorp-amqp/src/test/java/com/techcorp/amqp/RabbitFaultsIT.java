package com.techcorp.amqp;

import static com.techcorp.amqp.TestEvents.CONFIRMED;
import static com.techcorp.amqp.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.StreamConsumer;
import com.techcorp.messaging.Subscription;
import com.techcorp.order.OrderEventType;
import com.techcorp.servers.proxy.TcpProxy;
import com.techcorp.servers.rabbit.RabbitServer;
import com.techcorp.testkit.MemoryStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The broker, and the way to it, go away and come back. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RabbitFaultsIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int ORDERS = 8;
  private static final String CONSUMER = "consumer";
  private static final List<Duration> WAITS =
      Stream.of(20, 40, 80, 160, 320).map(Duration::ofMillis).toList();

  private static RabbitServer server;

  private final List<Event> handled = new CopyOnWriteArrayList<>();
  private TestBroker broker;
  private RabbitEventBus bus;

  @BeforeAll
  static void start() {
    server = RabbitServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void disconnect() {
    bus.close();
  }

  private void connect(String uri) {
    broker = TestBroker.on(uri);
    bus = broker.connect();
    bus.subscribe(new Subscription(CONSUMER, Set.of(CONFIRMED), handled::add));
  }

  /**
   * A broker that was killed may deliver what a lost connection had not settled after later events.
   * Only an ordered consumer keeps the order then.
   */
  private void connectOrdered() {
    broker = TestBroker.on(server.amqpUri());
    bus = broker.connect(broker.options.withWaits(WAITS));
    MemoryStorage storage = MemoryStorage.create();
    bus.subscribe(
        StreamConsumer.subscription(
            CONSUMER,
            OrderEventType.routingKeys(),
            Set.of(CONFIRMED),
            storage.inbox(),
            storage.unitOfWork(),
            (event, turn) -> {
              synchronized (handled) {
                turn.take(storage.unitOfWork());
                handled.add(event);
              }
            }));
  }

  @Test
  void nothingIsLostAndNothingOvertakesWhileTheBrokerIsKilled() {
    killed(2);
  }

  @Test
  @Tag("soak")
  void nothingIsLostAndNothingOvertakesWhileTheBrokerIsKilledTenTimes() {
    killed(10);
  }

  private void killed(int times) {
    // given orders whose events are published one after the other, each until it is taken
    connectOrdered();
    List<UUID> orders = new ArrayList<>();
    List<CompletableFuture<Integer>> publishers = new ArrayList<>();
    AtomicBoolean enough = new AtomicBoolean();
    for (int i = 0; i < ORDERS; i++) {
      UUID order = UUID.randomUUID();
      orders.add(order);
      publishers.add(CompletableFuture.supplyAsync(() -> publishUntil(order, enough)));
    }

    await().atMost(LIMIT).until(() -> !handled.isEmpty());
    server.syncQueues();

    // when
    for (int kill = 0; kill < times; kill++) {
      int before = handled.size();
      await().atMost(LIMIT).until(() -> handled.size() > before + ORDERS);
      server.kill();
      server.restart();
    }
    enough.set(true);

    // then, once what was held back for too long was replayed
    for (int i = 0; i < ORDERS; i++) {
      UUID order = orders.get(i);
      int published = publishers.get(i).orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
      await()
          .atMost(LIMIT)
          .until(
              () -> {
                bus.deadLetters(CONSUMER).replay(1_000);
                return handled(order).size() >= published;
              });
      assertThat(handled(order))
          .containsExactlyElementsOf(IntStream.rangeClosed(1, published).boxed().toList());
    }
  }

  @Test
  void connectsWhenTheBrokerComesUpAfterIt() {
    // given
    server.kill();
    connect(server.amqpUri());
    Event event = event(CONFIRMED);
    assertThat(TestEvents.taken(bus, event)).isFalse();

    // when
    server.restart();

    // then
    await().atMost(LIMIT).until(() -> TestEvents.taken(bus, event));
    await().atMost(LIMIT).until(() -> handled.contains(event));
  }

  @Test
  void aBrokerThatFallsSilentIsLeft() {
    // given
    try (TcpProxy proxy = TcpProxy.before("127.0.0.1", server.port())) {
      connect(server.amqpUri().replace(":" + server.port(), ":" + proxy.port()));
      await().atMost(LIMIT).until(() -> TestEvents.taken(bus, event(CONFIRMED)));

      // when
      proxy.blackHole();
      Event event = event(CONFIRMED);
      CompletableFuture<Boolean> answer = bus.publish(event);

      // then
      assertThat(answer.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join()).isFalse();

      // when
      proxy.restore();

      // then
      await().atMost(LIMIT).until(() -> TestEvents.taken(bus, event));
      await().atMost(LIMIT).until(() -> handled.contains(event));
    }
  }

  @Test
  void aConnectionThatIsCutIsMadeAgain() {
    // given
    try (TcpProxy proxy = TcpProxy.before("127.0.0.1", server.port())) {
      connect(server.amqpUri().replace(":" + server.port(), ":" + proxy.port()));

      for (int cut = 0; cut < 5; cut++) {
        // when
        proxy.resetAll();

        // then
        Event event = event(CONFIRMED);
        await().atMost(LIMIT).until(() -> TestEvents.taken(bus, event));
        await().atMost(LIMIT).until(() -> handled.contains(event));
      }
    }
  }

  private int publishUntil(UUID order, AtomicBoolean enough) {
    int sequence = 0;
    while (!enough.get()) {
      sequence++;
      Event event = event(order, sequence, CONFIRMED);
      await()
          .atMost(LIMIT)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> TestEvents.taken(bus, event));
    }
    return sequence;
  }

  private List<Integer> handled(UUID order) {
    return handled.stream()
        .filter(event -> event.stream().id().equals(order))
        .map(Event::sequence)
        .toList();
  }
}
