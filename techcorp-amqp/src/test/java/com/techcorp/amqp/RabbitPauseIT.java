package com.techcorp.amqp;

import static com.techcorp.amqp.TestEvents.CONFIRMED;
import static com.techcorp.amqp.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.techcorp.health.Finding;
import com.techcorp.json.JsonObject;
import com.techcorp.messaging.BatchOptions;
import com.techcorp.messaging.ConsumerPausedException;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventOutcome;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.Subscription;
import com.techcorp.servers.proxy.TcpProxy;
import com.techcorp.servers.rabbit.RabbitServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where the events of a paused consumer are, and what no number of pauses and kills changes. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RabbitPauseIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Duration SOON = Duration.ofMillis(5);
  private static final String CONSUMER = "pausing";
  private static final String UPDATED = "product.updated";

  /** More than the limit that RabbitMQ 4 has by default, and that these queues once had. */
  private static final int MORE_THAN_A_LIMIT = 25;

  private final TestBroker direct = TestBroker.shared();
  private final TcpProxy proxy = TcpProxy.before("127.0.0.1", RabbitServer.shared().port());
  private final TestBroker broker = direct.at(proxy.port());
  private final RabbitEventBus bus = broker.connect();
  private final List<Event> handled = new CopyOnWriteArrayList<>();
  private final AtomicBoolean away = new AtomicBoolean(true);
  private final AtomicInteger trials = new AtomicInteger();

  @BeforeEach
  void connect() {
    await().atMost(LIMIT).until(() -> TestEvents.taken(bus, event("nobody.wants")));
  }

  @AfterEach
  void disconnect() throws Exception {
    bus.close();
    proxy.close();
    direct.remove();
  }

  private void subscribePausing(Duration retryAfter) {
    bus.subscribe(
        new Subscription(
            direct.consumer(CONSUMER),
            Set.of(CONFIRMED),
            event -> {
              if (away.get()) {
                trials.incrementAndGet();
                throw new ConsumerPausedException("search is away", retryAfter);
              }
              handled.add(event);
            }));
    await().atMost(LIMIT).until(() -> direct.with(this::consumers) == 1);
  }

  private String queue() {
    return Topology.of(direct.options).attempt(CONSUMER, 1);
  }

  private long consumers(Channel channel) throws Exception {
    return channel.consumerCount(queue());
  }

  /** Those that nobody holds. */
  private long ready(Channel channel) throws Exception {
    return channel.messageCount(queue());
  }

  private List<Event> publish(int count) {
    List<Event> events = Stream.generate(() -> event(CONFIRMED)).limit(count).toList();
    events.forEach(each -> await().atMost(LIMIT).until(() -> TestEvents.taken(bus, each)));
    return events;
  }

  private void assertAllHandledOnce(List<Event> events) {
    await().atMost(LIMIT).until(() -> handled.size() >= events.size());
    assertThat(handled).containsExactlyInAnyOrderElementsOf(events);
    assertThat(bus.deadLetters(CONSUMER).peek(10)).isEmpty();
  }

  @Test
  void whatAPausedConsumerHeldIsInItsQueueAndNobodyTakesIt() {
    // given
    subscribePausing(NEVER);

    // when
    publish(30);

    // then
    await().atMost(LIMIT).until(() -> direct.with(this::consumers) == 0);
    await().atMost(LIMIT).until(() -> direct.with(this::ready) == 30);
    assertThat(bus.findings()).extracting(Finding::code).containsExactly("CONSUMER_PAUSED");
    assertThat(trials).hasValue(1);
  }

  @Test
  void oneEventOutlastsMorePausesThanAnyDeliveryLimit() {
    // given as many pauses as would take it through all queues of attempts
    int queues = Topology.of(direct.options).attempts();
    subscribePausing(SOON);

    // when
    List<Event> events = publish(1);
    await().atMost(LIMIT).until(() -> trials.get() > queues * MORE_THAN_A_LIMIT);
    away.set(false);

    // then
    assertAllHandledOnce(events);
    await().atMost(LIMIT).until(() -> bus.findings().isEmpty());
    await().atMost(LIMIT).until(() -> direct.with(this::consumers) == 1);
  }

  @Test
  void anEventOutlastsMoreKillsThanAnyDeliveryLimit() throws Exception {
    // given a consumer that is paused, so that others can hold its event
    subscribePausing(NEVER);
    List<Event> events = publish(1);
    await().atMost(LIMIT).until(() -> direct.with(this::ready) == 1);

    // when processes that have it die
    for (int i = 0; i < MORE_THAN_A_LIMIT; i++) {
      await()
          .atMost(LIMIT)
          .until(() -> direct.with(channel -> channel.basicGet(queue(), false)) != null);
    }

    // then it has had no attempt
    await().atMost(LIMIT).until(() -> direct.with(this::ready) == 1);
    assertAllHandledByAnother(events);
  }

  @Test
  void aPauseLastsThroughALostConnection() {
    // given
    subscribePausing(SOON);
    List<Event> events = publish(10);
    await().atMost(LIMIT).until(() -> trials.get() > 2);

    // when
    proxy.resetAll();
    int before = trials.get();
    await().atMost(LIMIT).until(() -> trials.get() > before + 2);

    // then
    assertThat(bus.findings()).extracting(Finding::code).containsExactly("CONSUMER_PAUSED");
    assertThat(bus.counters()).containsEntry("consumers.pauses", 1L);

    // when
    away.set(false);

    // then
    assertAllHandledOnce(events);
  }

  @Test
  void otherProcessesGoOnWithTheQueueOfAConsumerThatIsPausedHere() {
    // given
    subscribePausing(NEVER);
    List<Event> events = publish(20);
    await().atMost(LIMIT).until(() -> direct.with(this::ready) == 20);

    // when, then
    assertAllHandledByAnother(events);
  }

  private void assertAllHandledByAnother(List<Event> events) {
    try (RabbitEventBus other = direct.connect()) {
      other.subscribe(new Subscription(CONSUMER, Set.of(CONFIRMED), handled::add));
      assertAllHandledOnce(events);
    }
  }

  @Test
  void theQueueOfACoalescingConsumerHoldsOneEventOfEachProduct() throws Exception {
    // given a consumer that is paused, and an order's event among those of products
    Event ordered = event(CONFIRMED);
    bus.subscribe(
        Subscription.batch(
            direct.consumer(CONSUMER),
            Set.of(CONFIRMED, UPDATED),
            BatchOptions.of(100).withCoalescing(true),
            batch -> {
              if (away.get()) {
                throw new ConsumerPausedException("search is away", Duration.ofMillis(100));
              }
              handled.addAll(batch);
              return batch.stream().map(event -> EventOutcome.handled()).toList();
            }));
    await().atMost(LIMIT).until(() -> TestEvents.taken(bus, ordered));
    List<UUID> products = Stream.generate(UUID::randomUUID).limit(10).toList();

    // when more comes than is worth reading the queue for
    List<CompletableFuture<Boolean>> taken = new ArrayList<>();
    for (int i = 0; i <= QueueCompaction.LEAST; i++) {
      taken.add(bus.publish(updated(products.get(i % 10))));
    }
    taken.forEach(each -> assertThat(each.join()).isTrue());

    // then
    await().atMost(LIMIT).until(() -> direct.with(this::ready) == 11);

    // when
    away.set(false);

    // then
    await().atMost(LIMIT).until(() -> handled.size() == 11);
    assertThat(handled).contains(ordered);
    assertThat(handled)
        .extracting(each -> each.stream().id())
        .containsAll(products)
        .doesNotHaveDuplicates();
    assertThat(bus.deadLetters(CONSUMER).peek(10)).isEmpty();
  }

  private static Event updated(UUID product) {
    UUID id = UUID.randomUUID();
    JsonObject payload =
        JsonObject.builder()
            .put("event", UPDATED)
            .put("event_id", id.toString())
            .put("version", 1)
            .put("product_id", product.toString())
            .build();
    return new Event(id, new EventStream("product", product), Event.UNORDERED, UPDATED, payload);
  }
}
