package com.techcorp.amqp;

import static com.techcorp.amqp.TestEvents.CONFIRMED;
import static com.techcorp.amqp.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ConnectionFactory;
import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.order.OrderEventType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody deletes at the broker while two processes publish and consume. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RabbitTopologyIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final TestBroker broker = TestBroker.shared();
  private final RabbitOptions options = broker.options.withTopologyCheck(Duration.ofMillis(300));
  private final Topology topology = Topology.of(options);
  private final List<Event> handled = new CopyOnWriteArrayList<>();
  private RabbitEventBus publishing;
  private RabbitEventBus consuming;

  @BeforeEach
  void connect() {
    publishing = broker.connect(options);
    consuming = broker.connect(options);
    assertThat(publishing.awaitConnected(LIMIT)).isTrue();
    assertThat(consuming.awaitConnected(LIMIT)).isTrue();
    consuming.subscribe(new Subscription(broker.consumer("mail"), Set.of(CONFIRMED), handled::add));
    assertThat(publishing.publish(event(CONFIRMED)).join()).isTrue();
    await().atMost(LIMIT).until(() -> handled.size() == 1);
    handled.clear();
  }

  @AfterEach
  void disconnect() throws Exception {
    publishing.close();
    consuming.close();
    broker.remove();
  }

  /** As the relay does: what was not taken is offered again. */
  private List<Event> publishAll(int count) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Event event = event(CONFIRMED);
      events.add(event);
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> TestEvents.taken(publishing, event));
    }
    return events;
  }

  @Test
  @DisplayName("S4: a deleted exchange comes back with the bindings of consumers elsewhere")
  void aDeletedExchangeComesBackWithItsBindings() throws Exception {
    // when
    broker.with(channel -> channel.exchangeDelete(topology.events()));
    List<Event> events = publishAll(20);

    // then: none was taken before the consumer's queue was bound again
    await().atMost(LIMIT).until(() -> handled.size() >= 20);
    assertThat(handled).containsExactlyElementsOf(events);
  }

  @Test
  @DisplayName("S4: under load a deleted exchange loses no event for a part of its consumers")
  void noEventReachesOnlyAPartOfItsConsumers() throws Exception {
    // given consumers in two processes, which look at moments of their own
    RabbitOptions patient = broker.options.withTopologyCheck(Duration.ofSeconds(3));
    List<Event> here = new CopyOnWriteArrayList<>();
    List<Event> elsewhere = new CopyOnWriteArrayList<>();
    consuming.close();
    try (RabbitEventBus first = broker.connect(patient);
        RabbitEventBus second = broker.connect(patient);
        RabbitEventBus loaded = broker.connect(patient.withTopologyCheck(Duration.ofSeconds(6)))) {
      first.subscribe(new Subscription(broker.consumer("mail"), Set.of(CONFIRMED), here::add));
      second.subscribe(
          new Subscription(broker.consumer("books"), Set.of(CONFIRMED), elsewhere::add));
      assertThat(loaded.awaitConnected(LIMIT)).isTrue();
      List<Event> events = new CopyOnWriteArrayList<>();
      AtomicBoolean enough = new AtomicBoolean();
      CompletableFuture<Void> publisher =
          CompletableFuture.runAsync(() -> publishUntil(enough, loaded, events));
      await().atMost(LIMIT).until(() -> events.size() > 20);

      // when
      broker.with(channel -> channel.exchangeDelete(topology.events()));
      int before = events.size();
      await().atMost(LIMIT).until(() -> events.size() > before + 50);
      enough.set(true);
      publisher.join();

      // then
      await().atMost(LIMIT).until(() -> elsewhere.containsAll(events));
      await().atMost(LIMIT).until(() -> here.containsAll(events));
    }
  }

  @Test
  @DisplayName("S4: a process that publishes little sees by its own consumers what was deleted")
  void aProcessThatPublishesLittleLosesNoEventForAPartOfItsConsumers() throws Exception {
    // given both consumers in the process that publishes, and no other that declares anything
    consuming.close();
    publishing.close();
    List<Event> first = new CopyOnWriteArrayList<>();
    List<Event> second = new CopyOnWriteArrayList<>();
    RabbitOptions patient = broker.options.withTopologyCheck(Duration.ofSeconds(1));
    try (RabbitEventBus bus = broker.connect(patient)) {
      bus.subscribe(new Subscription(broker.consumer("mail"), Set.of(CONFIRMED), first::add));
      bus.subscribe(new Subscription(broker.consumer("books"), Set.of(CONFIRMED), second::add));
      assertThat(bus.awaitConnected(LIMIT)).isTrue();
      List<Event> events = new ArrayList<>();

      // when
      for (int time = 0; time < 4; time++) {
        broker.with(channel -> channel.exchangeDelete(topology.events()));
        await().atMost(LIMIT).until(this::exchangeIsThere);
        for (int i = 0; i < 10; i++) {
          Event event = event(CONFIRMED);
          events.add(event);
          await()
              .atMost(LIMIT)
              .pollInterval(Duration.ofMillis(1))
              .until(() -> TestEvents.taken(bus, event));
        }
      }

      // then
      await().atMost(LIMIT).until(() -> second.containsAll(events));
      await().atMost(LIMIT).until(() -> first.containsAll(events));
    }
  }

  @Test
  @DisplayName("S4: events are held before a deleted exchange is there again")
  void aDeletedExchangeIsReportedBeforeItIsDeclaredAgain() throws Exception {
    // given a session that has the exchange to itself
    consuming.close();
    publishing.close();
    List<Boolean> wasThere = new CopyOnWriteArrayList<>();
    LostBindings recording =
        new LostBindings(options.topologyCheck(), System::nanoTime) {
          @Override
          synchronized void lost() {
            wasThere.add(exchangeIsThere());
            super.lost();
          }
        };
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(broker.uri());
    ReconnectingSession session =
        new ReconnectingSession(
            factory,
            options,
            SessionPurpose.PUBLISHING,
            "nothing follows",
            recording,
            new FaultBoundary());
    session.start();
    try {
      assertThat(session.await(LIMIT)).isTrue();

      // when
      broker.with(channel -> channel.exchangeDelete(topology.events()));

      // then
      await().atMost(LIMIT).until(() -> !wasThere.isEmpty());
      assertThat(wasThere).containsExactly(false);
      await().atMost(LIMIT).until(this::exchangeIsThere);
    } finally {
      session.close(LIMIT);
    }
  }

  private boolean exchangeIsThere() {
    try {
      return broker.with(channel -> channel.exchangeDeclarePassive(topology.events()) != null);
    } catch (IOException e) {
      assertThat(BrokerRefusals.code(e)).isEqualTo(AMQP.NOT_FOUND);
      return false;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void publishUntil(AtomicBoolean enough, RabbitEventBus bus, List<Event> taken) {
    while (!enough.get()) {
      Event event = event(CONFIRMED);
      while (!enough.get() && !TestEvents.taken(bus, event)) {
        LockSupport.parkNanos(1_000_000);
      }
      if (!enough.get()) {
        taken.add(event);
      }
    }
  }

  @Test
  @DisplayName(
      "S4: a binding that somebody removed comes back, and its type stays wanted until then")
  void aRemovedBindingComesBack() throws Exception {
    // when
    broker.with(
        channel -> channel.queueUnbind(topology.attempt("mail", 1), topology.events(), CONFIRMED));
    List<Event> events = publishAll(20);

    // then
    await().atMost(LIMIT).until(() -> handled.size() >= 20);
    assertThat(handled).containsExactlyElementsOf(events);
  }

  @Test
  @DisplayName("S4: a broker that comes back empty gets all back, and no event is lost")
  void aBrokerThatComesBackEmptyGetsAllBack() throws Exception {
    // when: all is deleted, as after a broker without its disk
    broker.wipe();
    List<Event> events = publishAll(20);

    // then
    await().atMost(LIMIT).until(() -> handled.size() >= 20);
    assertThat(handled).containsExactlyElementsOf(events);
  }

  @Test
  @DisplayName("S4: the queue of a wait that somebody deleted comes back before it is needed")
  void aDeletedWaitComesBack() throws Exception {
    // given
    List<String> queues = topology.queues("mail");

    // when
    broker.with(
        channel -> {
          for (String queue : queues) {
            if (queue.contains(".wait.") || queue.endsWith(".dead")) {
              channel.queueDelete(queue);
            }
          }
          return true;
        });

    // then
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(
            () ->
                broker.with(
                    channel -> {
                      for (String queue : queues) {
                        if (!queue.endsWith(".wait.3")) { // the last attempt has no wait
                          channel.queueDeclarePassive(queue);
                        }
                      }
                      return true;
                    }));
  }

  @ParameterizedTest
  @MethodSource("typesOfOrders")
  @DisplayName("S4: an order's event that no consumer took yet stays in the outbox")
  void anOrdersEventThatNoQueueTakesIsNotTaken(String type) {
    // given: a process that has published nothing, with the default options
    try (RabbitEventBus fresh = broker.connect()) {
      assertThat(fresh.awaitConnected(LIMIT)).isTrue();

      // when, then: only the type that has a queue is taken
      assertThat(fresh.publish(event(type)).join()).isEqualTo(type.equals(CONFIRMED));
      assertThat(fresh.publish(event("nobody.wants")).join()).isTrue();
    }
  }

  static Set<String> typesOfOrders() {
    return OrderEventType.routingKeys();
  }
}
