package com.techcorp.amqp;

import static com.techcorp.amqp.TestEvents.CONFIRMED;
import static com.techcorp.amqp.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;
import com.techcorp.InventoryService;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.testkit.MemoryStorage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody who may publish, and does not have the keys. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RabbitSigningIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final byte[] OLD =
      "an old key of at least 32 bytes.".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NEW =
      "a new key, which has 32 bytes too".getBytes(StandardCharsets.UTF_8);

  private final TestBroker broker = TestBroker.shared();
  private final Topology topology = Topology.of(broker.options);
  private final List<Event> handled = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
    broker.remove();
  }

  private <T extends AutoCloseable> T opened(T each) {
    opened.add(0, each);
    return each;
  }

  private RabbitOptions signing(SigningKeys keys) {
    return broker.options.withSigning(keys);
  }

  private RabbitEventBus bus(RabbitOptions options) {
    RabbitEventBus bus = opened(broker.connect(options));
    assertThat(bus.awaitConnected(LIMIT)).isTrue();
    return bus;
  }

  private void subscribe(RabbitEventBus bus) {
    bus.subscribe(new Subscription(broker.consumer("mail"), Set.of(CONFIRMED), handled::add));
  }

  @Test
  @DisplayName("S16: a forged event is a dead letter, and the true one is handled")
  void aForgedEventIsADeadLetterAndTheTrueOneIsHandled() throws Exception {
    // given
    RabbitEventBus bus = bus(signing(SigningKeys.of(OLD)));
    subscribe(bus);
    Event event = event(CONFIRMED);

    // when: the forger is first, without a signature and with one of another key
    broker.publish(CONFIRMED, EventMessage.body(event));
    bus(signing(SigningKeys.of(NEW))).publish(event).join();
    assertThat(bus.publish(event).join()).isTrue();

    // then
    await().atMost(LIMIT).until(() -> handled.size() == 1);
    RabbitDeadLetters dead = bus.deadLetters("mail");
    await().atMost(LIMIT).until(() -> dead.peek(10).size() == 2);
    assertThat(dead.peek(10))
        .extracting(RabbitDeadLetters.Letter::reason)
        .containsExactlyInAnyOrder(
            "malformed: it is not signed", "malformed: it is signed with no key of ours");

    // when: an operator replays it, it has no better signature for that
    assertThat(dead.replay(10)).isEqualTo(2);
    await().atMost(LIMIT).until(() -> dead.peek(10).size() == 2);
    assertThat(handled).containsExactly(event);
  }

  @Test
  @DisplayName("S16: an altered event, and a reply or a request in its place, are not taken")
  void whatWasAlteredIsNotTaken() throws Exception {
    // given: what a bus signed
    RabbitEventBus bus = bus(signing(SigningKeys.of(OLD)));
    Event event = event(CONFIRMED);
    byte[] body = EventMessage.body(event);
    BasicProperties signed =
        Signatures.signed(
            SigningKeys.of(OLD), Signatures.Purpose.EVENT, EventMessage.properties(event), body);
    SigningKeys keys = SigningKeys.of(OLD);

    // when, then
    Signatures.check(keys, Signatures.Purpose.EVENT, signed, body);
    assertThatThrownBy(() -> Signatures.check(keys, Signatures.Purpose.REPLY, signed, body))
        .isInstanceOf(Fields.MalformedException.class);
    BasicProperties elsewhere = signed.builder().replyTo("another queue").build();
    assertThatThrownBy(() -> Signatures.check(keys, Signatures.Purpose.EVENT, elsewhere, body))
        .isInstanceOf(Fields.MalformedException.class);
    byte[] altered = EventMessage.body(event(CONFIRMED));
    assertThatThrownBy(() -> Signatures.check(keys, Signatures.Purpose.EVENT, signed, altered))
        .isInstanceOf(Fields.MalformedException.class);
    BasicProperties nonsense =
        signed.builder().headers(Map.of(Signatures.SIGNATURE, "no base64!")).build();
    assertThatThrownBy(() -> Signatures.check(keys, Signatures.Purpose.EVENT, nonsense, body))
        .isInstanceOf(Fields.MalformedException.class);
    assertThat(bus.publish(event("nobody.wants")).join()).isTrue();
  }

  @Test
  @DisplayName("S16: keys are changed without losing a message, and signatures are begun so")
  void keysAreChangedWithoutLosingAMessage() {
    // given: a consumer that accepts the old key, the new one, and none yet
    RabbitEventBus consuming =
        bus(signing(SigningKeys.of(NEW).alsoAccepting(OLD).alsoAcceptingUnsigned()));
    subscribe(consuming);

    // when
    List<Event> events = List.of(event(CONFIRMED), event(CONFIRMED), event(CONFIRMED));
    bus(broker.options).publish(events.get(0)).join();
    bus(signing(SigningKeys.of(OLD))).publish(events.get(1)).join();
    bus(signing(SigningKeys.of(NEW))).publish(events.get(2)).join();

    // then
    await().atMost(LIMIT).until(() -> handled.size() == 3);
    assertThat(handled).containsExactlyInAnyOrderElementsOf(events);
  }

  @Test
  @DisplayName("S16: an inventory serves those who have the key, and says so to others")
  void anInventoryServesThoseWhoHaveTheKey() throws Exception {
    // given
    RabbitOptions signing = signing(SigningKeys.of(OLD));
    InventoryService stock =
        opened(
            InventoryService.builder()
                .storage(MemoryStorage.create())
                .events(bus(broker.options))
                .start());
    opened(InventoryServer.serve(stock.inventory(), broker.uri(), signing, RequestOptions.DEFAULT));
    RemoteInventoryReserver friend =
        opened(RemoteInventoryReserver.connect(broker.uri(), signing, RequestOptions.DEFAULT));
    RemoteInventoryReserver stranger = opened(broker.inventory(RequestOptions.DEFAULT));
    UUID product = UUID.randomUUID();
    broker.awaitServed(friend);

    // when, then
    friend.restock(product, 3);
    assertThat(friend.levels(List.of(product)).get(product).available()).isEqualTo(3);
    assertThatThrownBy(() -> stranger.restock(product, 5)).hasMessageContaining("not signed");
    assertThat(friend.levels(List.of(product)).get(product).available()).isEqualTo(3);
  }

  @Test
  @DisplayName("S16: a forged reply is not believed")
  void aForgedReplyIsNotBelieved() throws Exception {
    // given: somebody who answers in place of the inventory
    RemoteInventoryReserver client =
        opened(
            RemoteInventoryReserver.connect(
                broker.uri(), signing(SigningKeys.of(OLD)), RequestOptions.DEFAULT));
    broker.with(
        channel -> {
          new TopologyDeclarations(topology).declareExchanges(channel);
          new TopologyDeclarations(topology).declareRequests(channel);
          return true;
        });
    Thread forger = new Thread(this::answerOnce, "forger");
    forger.setDaemon(true);
    forger.start();

    // when, then
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> client.confirm(UUID.randomUUID(), null))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("not signed"));
    forger.join(LIMIT.toMillis());
  }

  private void answerOnce() {
    try {
      broker.with(
          channel -> {
            GetResponse request =
                await()
                    .atMost(LIMIT)
                    .until(() -> channel.basicGet(topology.requests(), true), got -> got != null);
            channel.basicPublish(
                topology.queues(),
                request.getProps().getReplyTo(),
                new BasicProperties.Builder()
                    .correlationId(request.getProps().getCorrelationId())
                    .build(),
                "{\"version\":1,\"result\":\"done\"}".getBytes(StandardCharsets.UTF_8));
            return true;
          });
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aKeyThatIsTooShortIsRefusedAndNoneIsShown() {
    assertThatThrownBy(() -> SigningKeys.of(new byte[31])).isInstanceOf(WiringException.class);
    assertThat(signing(SigningKeys.of(OLD)).toString())
        .doesNotContain("old key")
        .contains("SigningKeys[1]");
  }
}
