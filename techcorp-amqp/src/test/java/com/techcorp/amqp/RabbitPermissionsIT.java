package com.techcorp.amqp;

import static com.techcorp.amqp.TestEvents.CONFIRMED;
import static com.techcorp.amqp.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.techcorp.InventoryService;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.inventory.ReservationResult;
import com.techcorp.inventory.StockLine;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.servers.rabbit.RabbitPermissions;
import com.techcorp.servers.rabbit.RabbitServer;
import com.techcorp.testkit.MemoryStorage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Users of the broker who may do what the documentation asks for, or less. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RabbitPermissionsIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final RabbitPermissions DOCUMENTED = RabbitPermissions.of("^test\\.");

  private final RabbitServer server = RabbitServer.shared();
  private final String virtualHost = server.createVirtualHost();
  private @Nullable InventoryServer serving;
  private final List<Event> handled = new CopyOnWriteArrayList<>();

  private void serve(TestBroker broker, InventoryService stock) {
    serving = broker.serve(stock.inventory(), RequestOptions.DEFAULT);
  }

  @AfterEach
  void deleteVirtualHost() {
    if (serving != null) {
      serving.close();
    }
    server.deleteVirtualHost(virtualHost);
  }

  @Test
  @DisplayName("S7: the documented permissions are enough for all that a bus does")
  void theDocumentedPermissionsAreEnoughForTheBus() {
    // given
    TestBroker broker = TestBroker.on(server.createUser(virtualHost, DOCUMENTED));
    AtomicBoolean failing = new AtomicBoolean(true);
    try (RabbitEventBus bus = broker.connect()) {
      assertThat(bus.awaitConnected(LIMIT)).isTrue();
      bus.subscribe(
          new Subscription(
              "mail",
              Set.of(CONFIRMED),
              event -> {
                handled.add(event);
                if (failing.get()) {
                  throw new IllegalStateException("not now");
                }
              }));
      Event event = event(CONFIRMED);

      // when: it is published, fails at all attempts, is looked at and replayed, and sent again
      assertThat(bus.publish(event).join()).isTrue();
      RabbitDeadLetters dead = bus.deadLetters("mail");
      await().atMost(LIMIT).until(() -> dead.peek(10).size() == 1);
      assertThat(handled).containsExactly(event, event, event);
      failing.set(false);
      assertThat(dead.replay(10)).isEqualTo(1);
      bus.resend("mail", List.of(event));

      // then
      await().atMost(LIMIT).until(() -> handled.size() == 5);
      assertThat(dead.peek(10)).isEmpty();
    }
  }

  @Test
  @DisplayName("S7: the documented permissions are enough for an inventory in another process")
  void theDocumentedPermissionsAreEnoughForTheInventory() {
    // given
    TestBroker broker = TestBroker.on(server.createUser(virtualHost, DOCUMENTED));
    UUID product = UUID.randomUUID();
    UUID order = UUID.randomUUID();
    try (RabbitEventBus bus = broker.connect();
        InventoryService stock =
            InventoryService.builder().storage(MemoryStorage.create()).events(bus).start();
        RemoteInventoryReserver client = broker.inventory(RequestOptions.DEFAULT)) {
      serve(broker, stock);
      broker.awaitServed(client);

      // when
      client.restock(product, 2);
      ReservationResult reserved =
          client.reserve(order, null, List.of(new StockLine(product, 1)), Duration.ofMinutes(1));

      // then
      assertThat(reserved).isEqualTo(new ReservationResult.Done());
      assertThat(client.levels(List.of(product)).get(product).reserved()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("S16: each process needs no more than its part of the permissions")
  void eachProcessNeedsNoMoreThanItsPart() throws Exception {
    // given: names as in the documentation, but for the prefix
    String prefix = "^test\\.[0-9a-f-]+\\.";
    String ladder = prefix + "(events|retries|queues|mail(\\..*)?)$";
    String relay =
        server.createUser(
            virtualHost,
            new RabbitPermissions(prefix + "(events|retries|queues)$", prefix + "events$", "^$"));
    TestBroker consumers =
        TestBroker.on(
            server.createUser(
                virtualHost,
                new RabbitPermissions(ladder, prefix + "(retries|queues|mail(\\..*)?)$", ladder)));
    try (RabbitEventBus publishing = RabbitEventBus.connect(relay, consumers.options);
        RabbitEventBus consuming = consumers.connect()) {
      assertThat(publishing.awaitConnected(LIMIT)).isTrue();
      assertThat(consuming.awaitConnected(LIMIT)).isTrue();
      consuming.subscribe(
          new Subscription(
              "mail",
              Set.of(CONFIRMED),
              event -> {
                handled.add(event);
                throw new IllegalStateException("not now");
              }));

      // when
      assertThat(publishing.publish(event(CONFIRMED)).join()).isTrue();

      // then: the whole ladder, and what the other may not do is not done
      await().atMost(LIMIT).until(() -> consuming.deadLetters("mail").peek(1).size() == 1);
      assertThat(handled).hasSize(3);
      assertThatThrownBy(
              () ->
                  publishing.subscribe(new Subscription("other", Set.of(CONFIRMED), handled::add)))
          .isInstanceOf(WiringException.class);
      assertThat(TestEvents.taken(consuming, event(CONFIRMED))).isFalse();
    }
  }

  @Test
  @DisplayName("S16: the inventory and those who call it need no more than their part")
  void theInventoryNeedsNoMoreThanItsPart() {
    // given
    String prefix = "^test\\.[0-9a-f-]+\\.";
    String requests = prefix + "(queues|inventory\\.requests)$";
    String replies = prefix + "(queues|inventory\\.replies\\..*)$";
    TestBroker caller =
        TestBroker.on(
            server.createUser(
                virtualHost,
                new RabbitPermissions(
                    prefix + "(events|retries|queues|inventory\\.replies\\..*)$",
                    replies,
                    replies)));
    String serverUri =
        server.createUser(
            virtualHost,
            new RabbitPermissions(
                prefix + "(events|retries|queues|inventory\\.requests)$", requests, requests));
    try (RabbitEventBus bus = RabbitEventBus.connect(server.amqpUri(virtualHost), caller.options);
        InventoryService stock =
            InventoryService.builder().storage(MemoryStorage.create()).events(bus).start();
        RemoteInventoryReserver client = caller.inventory(RequestOptions.DEFAULT)) {
      serving =
          InventoryServer.serve(
              stock.inventory(), serverUri, caller.options, RequestOptions.DEFAULT);

      // when, then
      caller.awaitServed(client);
      client.restock(UUID.randomUUID(), 1);
    }
  }

  @Test
  @DisplayName("S16: a reply goes to a queue of replies alone, whatever the request asks for")
  void aReplyGoesToAQueueOfRepliesAlone() throws Exception {
    // given: a consumer's queue, and somebody who may send requests
    TestBroker broker = TestBroker.on(server.amqpUri(virtualHost));
    Topology topology = Topology.of(broker.options);
    try (RabbitEventBus bus = broker.connect();
        InventoryService stock =
            InventoryService.builder().storage(MemoryStorage.create()).events(bus).start();
        RemoteInventoryReserver client = broker.inventory(RequestOptions.DEFAULT)) {
      assertThat(bus.awaitConnected(LIMIT)).isTrue();
      bus.subscribe(new Subscription("mail", Set.of(CONFIRMED), handled::add));
      serve(broker, stock);
      broker.awaitServed(client);
      String victim = topology.dead("mail");

      // when
      broker.with(
          channel -> {
            channel.basicPublish(
                topology.queues(),
                topology.requests(),
                new BasicProperties.Builder().replyTo(victim).correlationId("forged").build(),
                InventoryRequest.levels(List.of()).body());
            return true;
          });

      // then: it is settled, those behind it are answered, and the queue stays as it was
      client.restock(UUID.randomUUID(), 1);
      await()
          .atMost(LIMIT)
          .until(() -> broker.with(channel -> channel.messageCount(topology.requests()) == 0));
      assertThat(bus.deadLetters("mail").peek(10)).isEmpty();
    }
  }

  @Test
  @DisplayName("S7: a consumer that is refused is told so, and costs the others nothing")
  void aConsumerThatIsRefusedIsToldAndCostsTheOthersNothing() throws Exception {
    // given: a user who may have the queues of one consumer
    RabbitPermissions narrow =
        RabbitPermissions.of("^test\\.[0-9a-f-]+\\.(events|retries|queues|allowed.*)$");
    String uri = server.createUser(virtualHost, narrow);
    TestBroker broker = TestBroker.on(uri);
    Subscription refused = new Subscription("refused", Set.of(CONFIRMED), handled::add);
    try (RabbitEventBus bus = broker.connect()) {
      assertThat(bus.awaitConnected(LIMIT)).isTrue();
      bus.subscribe(new Subscription("allowed", Set.of(CONFIRMED), handled::add));

      // when, then
      assertThatThrownBy(() -> bus.subscribe(refused))
          .isInstanceOf(WiringException.class)
          .hasMessageContaining("configure, write and read")
          .hasMessageContaining(broker.options.prefix());
      assertThat(bus.publish(event(CONFIRMED)).join()).isTrue();
      await().atMost(LIMIT).until(() -> handled.size() == 1);

      // when: it may have them
      server.permit(uri, virtualHost, DOCUMENTED);

      // then: a broker remembers for a while what a connection may do
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(200))
          .ignoreExceptionsInstanceOf(WiringException.class)
          .until(
              () -> {
                bus.subscribe(refused);
                return true;
              });
      handled.clear();
      assertThat(bus.publish(event(CONFIRMED)).join()).isTrue();
      await().atMost(LIMIT).until(() -> handled.size() == 2);
    }
  }

  @Test
  @DisplayName("S7: a user who may not even publish leaves the events in the outbox")
  void aUserWhoMayNotPublishTakesNothing() {
    // given
    String uri = server.createUser(virtualHost, RabbitPermissions.of("^$"));
    TestBroker broker = TestBroker.on(uri);
    try (RabbitEventBus bus = broker.connect()) {
      // when, then
      assertThat(bus.awaitConnected(Duration.ofSeconds(1))).isFalse();
      assertThatThrownBy(() -> bus.publish(event(CONFIRMED)).join())
          .hasCauseInstanceOf(UnavailableException.class);

      // when
      server.permit(uri, virtualHost, DOCUMENTED);

      // then
      assertThat(bus.awaitConnected(LIMIT)).isTrue();
    }
  }
}
