package com.techcorp.amqp;

import static com.techcorp.amqp.TestEvents.CONFIRMED;
import static com.techcorp.amqp.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.techcorp.amqp.RabbitDeadLetters.Letter;
import com.techcorp.catalog.ProductUpdates;
import com.techcorp.error.WiringException;
import com.techcorp.json.JsonObject;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.TraceContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RabbitDeliveryIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final TestBroker broker = TestBroker.shared();
  private final RabbitEventBus bus = broker.connect();
  private final List<Event> handled = new CopyOnWriteArrayList<>();
  private final AtomicBoolean failing = new AtomicBoolean(true);

  @BeforeEach
  void connect() {
    await().atMost(LIMIT).until(() -> TestEvents.taken(bus, event("nobody.wants")));
  }

  @AfterEach
  void disconnect() throws Exception {
    bus.close();
    broker.remove();
  }

  @Test
  @Tag("T26")
  void whatIsWantedAndReachesNoQueueIsNotTaken() throws Exception {
    // given a consumer whose queue somebody unbound
    subscribe("lost");
    Topology topology = Topology.of(broker.options);
    broker.with(
        channel -> channel.queueUnbind(topology.attempt("lost", 1), topology.events(), CONFIRMED));

    // when
    boolean taken = bus.publish(event(CONFIRMED)).join();

    // then
    assertThat(taken).isFalse();
  }

  @Test
  @Tag("T27")
  @Tag("T28")
  void everyQueueOfAConsumerKeepsWhatItRejects() {
    // given
    subscribePoisoned("stubborn");
    List<Event> events = Stream.generate(() -> event(CONFIRMED)).limit(20).toList();

    // when
    events.forEach(event -> assertThat(bus.publish(event).join()).isTrue());

    // then three attempts of each, and each a dead letter once
    RabbitDeadLetters dead = bus.deadLetters("stubborn");
    List<Letter> letters =
        await().atMost(LIMIT).until(() -> dead.peek(100), any -> any.size() >= 20);
    assertThat(handled).hasSize(60);
    assertThat(letters)
        .hasSize(20)
        .allSatisfy(
            letter -> {
              assertThat(letter.reason()).isEqualTo("java.lang.IllegalStateException: not now");
              assertThat(letter.attempts()).isEqualTo(3);
              assertThat(letter.type()).isEqualTo(CONFIRMED);
            });

    // when it is mended
    failing.set(false);
    handled.clear();
    int replayed = dead.replay(100);

    // then
    assertThat(replayed).isEqualTo(20);
    await().atMost(LIMIT).until(() -> handled.size() == 20);
    assertThat(handled).containsExactlyInAnyOrderElementsOf(events);
    assertThat(dead.peek(100)).isEmpty();
  }

  @Test
  void aDeadLetterIsThereHoweverOftenOneLooks() {
    // given
    subscribePoisoned("watched");
    Event poison = event(CONFIRMED);
    bus.publish(poison).join();
    RabbitDeadLetters dead = bus.deadLetters("watched");
    await().atMost(LIMIT).until(() -> dead.peek(1).size() == 1);

    // when
    List<Integer> found = Stream.generate(() -> dead.peek(1).size()).limit(200).toList();

    // then
    assertThat(found).hasSize(200).containsOnly(1);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void whatIsNoEventBecomesADeadLetterAndTheConsumerLives(String body, String reason)
      throws Exception {
    // given
    subscribe("reader");
    Event sound = event(CONFIRMED);

    // when
    broker.publish(CONFIRMED, body.getBytes(StandardCharsets.UTF_8));
    bus.publish(sound).join();

    // then
    await().atMost(LIMIT).until(() -> handled.contains(sound));
    RabbitDeadLetters dead = bus.deadLetters("reader");
    List<Letter> letters = await().atMost(LIMIT).until(() -> dead.peek(2), any -> !any.isEmpty());
    assertThat(letters).extracting(Letter::reason).containsExactly("malformed: " + reason);
    assertThat(handled).containsExactly(sound);
  }

  private static String with(JsonObject event, String field, String value) {
    return JsonObject.builder().putAll(event).put(field, value).build().toString();
  }

  static Stream<Arguments> malformed() {
    JsonObject sound = TestEvents.payload(UUID.randomUUID(), UUID.randomUUID(), 1, CONFIRMED);
    int tooLong = 10 << 20;
    return Stream.of(
        Arguments.of("tok_secret not JSON", "not JSON"),
        Arguments.of("", "not a JSON object"),
        Arguments.of("[]", "not a JSON object"),
        Arguments.of(sound + " {}", "not JSON"),
        Arguments.of(
            JsonObject.builder().putAll(sound).put("version", 2).build().toString(),
            "version 2 is not known here, only 1"),
        Arguments.of(
            sound.toString().replaceFirst("\"order_id\":\"[^\"]*\",", ""),
            "the field order_id is missing or no text"),
        Arguments.of(with(sound, "event_id", "42"), "the field event_id is no UUID"),
        Arguments.of(
            with(sound, "sequence", "1"), "the field sequence is missing or no whole number"),
        Arguments.of("x".repeat(tooLong), "longer than 1048576 bytes: " + tooLong));
  }

  @Test
  void aProductsEventIsOfNoOrderAndIsReadAllTheSame() throws Exception {
    // given
    bus.subscribe(new Subscription("index", Set.of(ProductUpdates.ROUTING_KEY), handled::add));
    UUID product = UUID.randomUUID();
    Event event = ProductUpdates.updated(product, List.of("price")).at(Instant.EPOCH);
    JsonObject bare =
        JsonObject.builder()
            .put("event", ProductUpdates.ROUTING_KEY)
            .put("product_id", product)
            .build();
    byte[] foreign = bare.toString().getBytes(StandardCharsets.UTF_8);

    // when
    broker.publish(ProductUpdates.ROUTING_KEY, foreign);
    bus.publish(event).join();

    // then
    await().atMost(LIMIT).until(() -> !handled.isEmpty());
    assertThat(handled).containsExactly(event);
    RabbitDeadLetters dead = bus.deadLetters("index");
    List<Letter> letters = await().atMost(LIMIT).until(() -> dead.peek(2), any -> !any.isEmpty());
    assertThat(letters)
        .extracting(Letter::reason)
        .containsExactly("malformed: the field version is missing or no whole number");
  }

  @Test
  void aDeadLetterHasItsReasonAlthoughItsProcessCannotPublishYet() throws Exception {
    // given an event that waits for a consumer
    try (RabbitEventBus gone = broker.connect()) {
      assertThat(gone.awaitConnected(LIMIT)).isTrue();
      subscribePoisoned(gone, "late");
    }
    assertThat(bus.publish(event(CONFIRMED)).join()).isTrue();

    // when it is handed to a process that consumes and cannot publish
    NotPublishing factory = NotPublishing.at(broker.uri());
    RabbitOptions patient = broker.options.withConfirmTimeout(Duration.ofMinutes(1));
    try (RabbitEventBus late = RabbitEventBus.connect(factory, patient)) {
      subscribePoisoned(late, "late");
      await().atMost(LIMIT).until(() -> handled.size() == 3);
      factory.awaitAttempts(2);
      factory.publishNow();

      // then
      RabbitDeadLetters dead = bus.deadLetters("late");
      List<Letter> letters =
          await().atMost(LIMIT).until(() -> dead.peek(10), any -> !any.isEmpty());
      assertThat(letters)
          .extracting(Letter::reason)
          .containsExactly("java.lang.IllegalStateException: not now");
    }
  }

  @Test
  void twoProcessesShareAConsumersQueue() {
    // given
    List<Event> elsewhere = new CopyOnWriteArrayList<>();
    subscribe("shared");
    try (RabbitEventBus other = broker.connect()) {
      other.subscribe(new Subscription("shared", Set.of(CONFIRMED), elsewhere::add));
      await().atMost(LIMIT).until(() -> consumers("shared") == 2);
      List<Event> events = Stream.generate(() -> event(CONFIRMED)).limit(200).toList();

      // when
      events.forEach(event -> assertThat(bus.publish(event).join()).isTrue());

      // then
      await().atMost(LIMIT).until(() -> handled.size() + elsewhere.size() >= 200);
      assertThat(Stream.concat(handled.stream(), elsewhere.stream()))
          .containsExactlyInAnyOrderElementsOf(events);
      assertThat(elsewhere).isNotEmpty();
      assertThat(handled).isNotEmpty();
    }
  }

  @Test
  void aClosedBusWaitsForItsHandlerAndLeavesTheRestToOthers() throws Exception {
    // given a handler at work, and more behind it
    CountDownLatch atWork = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    List<Event> events = Stream.generate(() -> event(CONFIRMED)).limit(5).toList();
    RabbitEventBus closing = broker.connect();
    closing.subscribe(
        new Subscription(
            broker.consumer("leaving"),
            Set.of(CONFIRMED),
            event -> {
              atWork.countDown();
              goOn.await();
              handled.add(event);
            }));
    await().atMost(LIMIT).until(() -> consumers("leaving") == 1);
    events.forEach(event -> assertThat(bus.publish(event).join()).isTrue());
    atWork.await();

    // when
    Thread closer = new Thread(closing::close);
    closer.start();
    await().atMost(LIMIT).until(() -> closer.getState() == Thread.State.TIMED_WAITING);
    goOn.countDown();
    closer.join();

    // then
    assertThat(handled).containsExactly(events.get(0));
    subscribe("leaving");
    await().atMost(LIMIT).until(() -> handled.size() == 5);
    assertThat(handled).containsExactlyElementsOf(events);
  }

  @ParameterizedTest
  @CsvSource({"20:41, .waiting.wait.2", "20, .waiting", "20:40:80, .waiting"})
  void otherWaitsAreRefusedAndChangeNothing(String waits, String queue) throws Exception {
    // given
    subscribePoisoned("waiting");
    List<Duration> ladder =
        Arrays.stream(waits.split(":", -1)).map(Long::parseLong).map(Duration::ofMillis).toList();
    Event poison = event(CONFIRMED);
    try (RabbitEventBus other = broker.connect(broker.options.withWaits(ladder))) {
      await().atMost(LIMIT).until(() -> TestEvents.taken(other, event("nobody.wants")));

      // when, then
      assertThatExceptionOfType(WiringException.class)
          .isThrownBy(
              () -> other.subscribe(new Subscription("waiting", Set.of(CONFIRMED), event -> {})))
          .withMessageContaining(queue + " exists with other arguments");
      assertThat(other.publish(poison).join()).isTrue();
    }

    // then it takes the steps of the first ladder, each once
    RabbitDeadLetters dead = bus.deadLetters("waiting");
    List<Letter> letters = await().atMost(LIMIT).until(() -> dead.peek(10), any -> !any.isEmpty());
    assertThat(letters).extracting(Letter::attempts).containsExactly(3);
    assertThat(handled).containsExactly(poison, poison, poison);
  }

  @Test
  void aTraceTravelsAsAHeaderToo() throws Exception {
    // given
    subscribe("traced");
    Topology topology = Topology.of(broker.options);
    broker.with(
        channel -> channel.queueDeclare("raw." + topology.prefix(), false, false, true, null));
    broker.with(
        channel -> channel.queueBind("raw." + topology.prefix(), topology.events(), CONFIRMED));
    Event bare = event(CONFIRMED);
    String parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    JsonObject payload =
        JsonObject.builder()
            .putAll(bare.payload())
            .put("traceparent", parent)
            .put("tracestate", "vendor=x")
            .build();
    Event traced = new Event(bare.id(), bare.stream(), bare.sequence(), bare.type(), payload);

    // when
    bus.publish(traced).join();
    bus.publish(event(CONFIRMED)).join();

    // then
    await().atMost(LIMIT).until(() -> handled.size() == 2);
    assertThat(handled.get(0).trace()).contains(new TraceContext.Trace(parent, "vendor=x"));
    assertThat(handled.get(1).trace()).isEmpty();
    broker.with(
        channel -> {
          Map<String, Object> headers =
              channel.basicGet("raw." + topology.prefix(), true).getProps().getHeaders();
          assertThat(headers.get("traceparent")).hasToString(parent);
          assertThat(headers.get("tracestate")).hasToString("vendor=x");
          assertThat(channel.basicGet("raw." + topology.prefix(), true).getProps().getHeaders())
              .doesNotContainKeys("traceparent", "tracestate");
          return channel.queueDelete("raw." + topology.prefix());
        });
  }

  @Test
  void aDeletedQueueIsDeclaredAgain() throws Exception {
    // given
    subscribe("deleted");
    Topology topology = Topology.of(broker.options);

    // when
    broker.with(channel -> channel.queueDelete(topology.attempt("deleted", 1)));

    // then
    Event event = event(CONFIRMED);
    await().atMost(LIMIT).until(() -> TestEvents.taken(bus, event));
    await().atMost(LIMIT).until(() -> handled.contains(event));
  }

  /** Fails on everything while {@link #failing}. */
  private void subscribePoisoned(String consumer) {
    subscribePoisoned(bus, consumer);
  }

  private void subscribePoisoned(RabbitEventBus to, String consumer) {
    to.subscribe(
        new Subscription(
            broker.consumer(consumer),
            Set.of(CONFIRMED),
            event -> {
              handled.add(event);
              if (failing.get()) {
                throw new IllegalStateException("not now");
              }
            }));
  }

  private void subscribe(String consumer) {
    bus.subscribe(new Subscription(broker.consumer(consumer), Set.of(CONFIRMED), handled::add));
    await().atMost(LIMIT).until(() -> consumers(consumer) >= 1);
  }

  private long consumers(String consumer) throws Exception {
    String queue = Topology.of(broker.options).attempt(consumer, 1);
    return broker.with(channel -> channel.consumerCount(queue));
  }
}
