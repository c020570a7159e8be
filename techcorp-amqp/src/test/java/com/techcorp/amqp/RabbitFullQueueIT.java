package com.techcorp.amqp;

import static com.techcorp.amqp.TestEvents.CONFIRMED;
import static com.techcorp.amqp.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.health.Finding;
import com.techcorp.messaging.Backlog;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.spi.BusContext;
import com.techcorp.messaging.spi.ConsumerBacklog;
import com.techcorp.messaging.spi.Publication;
import com.techcorp.storage.Fence;
import com.techcorp.testkit.MemoryStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One consumer's queue is full, and the broker refuses what is for it and for others. */
@Tag("S5")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RabbitFullQueueIT {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String PAID = "payment.confirmed";
  private static final int EVENTS = 200;
  private static final Fence OURS = new Fence(1, 1);

  private final TestBroker broker = TestBroker.shared();
  private final RabbitOptions limited =
      broker
          .options
          .withWanted(Set.of(CONFIRMED))
          .withPrefetch(1)
          .withLimit("slow", QueueLimit.refuse(5));
  private final ConsumerBacklog backlog = MemoryStorage.create().consumerBacklog();
  private final List<RabbitEventBus> buses = new ArrayList<>();
  private final List<Event> healthy = new CopyOnWriteArrayList<>();
  private final List<Event> slow = new CopyOnWriteArrayList<>();
  private final CountDownLatch room = new CountDownLatch(1);

  @AfterEach
  void disconnect() throws Exception {
    room.countDown();
    buses.forEach(RabbitEventBus::close);
    broker.remove();
  }

  @Test
  @DisplayName("S5: the others get each event at once, the full one when it has room, none is lost")
  void aFullConsumerDoesNotStopTheOthers() {
    // given
    RabbitEventBus bus = publishing(() -> new Backlog(0, Duration.ZERO, backlog.waiting()));
    subscribeTo(bus, "healthy", healthy);
    subscribeSlowTo(bus);

    // when
    List<Event> events = orders(EVENTS / 2);
    publish(bus, events);

    // then
    await().atMost(LIMIT).until(() -> Set.copyOf(healthy).size() == EVENTS);
    assertThat(healthy.stream().distinct()).containsExactlyElementsOf(events);
    assertThat(backlog.waiting()).containsOnlyKeys(Topology.of(limited).events());
    assertThat(bus.findings()).extracting(Finding::code).containsExactly("QUEUE_FULL");
    // those that were refused first, and one at each trial since
    assertThat(healthy).hasSizeLessThan(EVENTS + 20);

    // when
    room.countDown();

    // then
    await().atMost(LIMIT).until(() -> Set.copyOf(slow).size() == EVENTS);
    await().atMost(LIMIT).until(() -> backlog.waiting().isEmpty());
    await().atMost(LIMIT).until(() -> bus.findings().isEmpty());
    assertThat(Set.copyOf(slow)).isEqualTo(Set.copyOf(events));
    assertThat(bus.deadLetters("slow").peek(1)).isEmpty();
  }

  @Test
  @DisplayName(
      "S5: so it is when the full queue is that of another process, and a third takes over")
  void theFullQueueMayBeOfAnotherProcess() {
    // given
    RabbitEventBus other = connected(limited);
    subscribeSlowTo(other);
    RabbitEventBus bus = publishing(() -> new Backlog(0, Duration.ZERO, backlog.waiting()));
    subscribeTo(bus, "healthy", healthy);
    List<Event> events = orders(20);

    // when
    publish(bus, events);
    await().atMost(LIMIT).until(() -> Set.copyOf(healthy).size() == 40);
    bus.close();

    // then
    assertThat(backlog.waiting()).isNotEmpty();

    // when
    publishing(() -> new Backlog(0, Duration.ZERO, backlog.waiting()));
    room.countDown();

    // then
    await().atMost(LIMIT).until(() -> Set.copyOf(slow).size() == 40);
    await().atMost(LIMIT).until(() -> backlog.waiting().isEmpty());
  }

  @Test
  @DisplayName("S5: a type stays refused while its events wait behind their orders' others")
  void eachTypeIsToldOnce() {
    // given
    RabbitEventBus bus = publishing(() -> new Backlog(0, Duration.ZERO, backlog.waiting()));
    subscribeTo(bus, "healthy", healthy);
    subscribeSlowTo(bus);
    List<Event> filling = Stream.generate(() -> event(PAID)).limit(20).toList();
    publish(bus, filling);

    // when one event is offered again and again, which is the first of its order
    publish(bus, orders(10, PAID, CONFIRMED));
    await().atMost(LIMIT).until(() -> bus.findings().size() == 2);
    int had = healthy.size();
    await().atMost(LIMIT).until(() -> healthy.size() >= had + 2);

    // then
    assertThat(bus.findings())
        .extracting(Finding::what)
        .hasSize(2)
        .anyMatch(message -> message.contains(PAID))
        .anyMatch(message -> message.contains(CONFIRMED));
  }

  @Test
  @DisplayName("S5: what is refused and cannot be kept stays in the outbox, and others go on")
  void whatCannotBeKeptStaysInTheOutbox() {
    // given a process without a lease, which may write nothing
    AtomicReference<@Nullable Fence> lease = new AtomicReference<>();
    RabbitEventBus bus =
        publishing(lease::get, () -> new Backlog(0, Duration.ZERO, backlog.waiting()));
    subscribeTo(bus, "healthy", healthy);
    subscribeSlowTo(bus);
    List<Event> events = orders(20);

    // when
    List<Publication> offered = events.stream().map(event -> passed(bus, event)).toList();

    // then
    List<Boolean> taken = offered.stream().map(each -> each.taken().join()).toList();
    assertThat(taken).contains(false);
    assertThat(backlog.waiting()).isEmpty();
    await().atMost(LIMIT).until(() -> Set.copyOf(healthy).size() == 40);

    // when it has one again, and the relay offers them again
    lease.set(OURS);
    List<Event> again =
        IntStream.range(0, events.size()).filter(i -> !taken.get(i)).mapToObj(events::get).toList();
    publish(bus, again);
    room.countDown();

    // then
    await().atMost(LIMIT).until(() -> Set.copyOf(slow).size() == 40);
  }

  @Test
  @DisplayName("S5: what the backlog has no room for stays in the outbox, and is sent to nobody")
  void whatIsTooMuchStaysInTheOutbox() {
    // given
    Map<String, Backlog.Waiting> much =
        Map.of(
            Topology.of(limited).events(),
            new Backlog.Waiting(RefusedBacklog.MOST, Duration.ofHours(1)));
    RabbitEventBus bus = publishing(() -> new Backlog(0, Duration.ZERO, much));
    subscribeTo(bus, "healthy", healthy);
    subscribeSlowTo(bus);

    // when
    List<Event> events = orders(20);
    List<Event> kept = events.stream().filter(event -> !bus.publish(event).join()).toList();

    // then
    assertThat(kept).hasSizeGreaterThan(20);
    int had = healthy.size();
    for (int repeat = 0; repeat < 50; repeat++) {
      assertThat(bus.publish(kept.get(0)).join()).isFalse();
    }
    assertThat(healthy).hasSizeLessThan(had + 5);
    assertThat(backlog.waiting()).isEmpty();
  }

  @Test
  @DisplayName("S5: a limit that drops the oldest refuses nothing, and holds")
  void theOldestMayMakeRoom() throws Exception {
    // given
    RabbitOptions dropping = limited.withLimit("slow", QueueLimit.dropOldest(5));
    RabbitEventBus bus = connected(dropping);
    subscribeTo(bus, "healthy", healthy);
    subscribeSlowTo(bus);

    // when
    List<Event> events = orders(EVENTS / 2);
    events.forEach(event -> assertThat(bus.publish(event).join()).isTrue());

    // then
    await().atMost(LIMIT).until(() -> healthy.size() == EVENTS);
    for (String queue : Topology.of(dropping).queues("slow")) {
      await().atMost(LIMIT).until(() -> broker.with(channel -> channel.messageCount(queue)) <= 5);
    }
    room.countDown();
    await().atMost(LIMIT).until(() -> slow.contains(events.get(EVENTS - 1)));
    assertThat(slow).hasSizeLessThan(EVENTS);
  }

  @Test
  @DisplayName("S5: a consumer that is asked to take an order's history says that it is full")
  void aHistoryIsRefused() {
    // given
    RabbitEventBus bus = connected(limited);
    subscribeSlowTo(bus);
    await().atMost(LIMIT).until(() -> !bus.publish(event(CONFIRMED)).join());

    // when, then
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> bus.resend("slow", orders(20)))
        .withMessageContaining(Topology.of(limited).attempt("slow", 1) + " is full");
  }

  @Test
  @DisplayName("S5: processes that disagree on a limit are told")
  void processesAgreeOnLimits() {
    // given
    subscribeSlowTo(connected(limited));

    // when
    RabbitEventBus other = connected(limited.withLimit("slow", QueueLimit.refuse(6)));

    // then
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> subscribeSlowTo(other))
        .withMessageContaining("limits");
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> QueueLimit.refuse(0))
        .withMessageContaining("at least 1");
  }

  private static List<Event> orders(int count) {
    return orders(count, CONFIRMED, CONFIRMED);
  }

  private static List<Event> orders(int count, String first, String second) {
    return IntStream.range(0, count)
        .mapToObj(i -> UUID.randomUUID())
        .flatMap(order -> Stream.of(event(order, 1, first), event(order, 2, second)))
        .toList();
  }

  private RabbitEventBus connected(RabbitOptions options) {
    RabbitEventBus bus = broker.connect(options);
    buses.add(bus);
    assertThat(bus.awaitConnected(LIMIT)).isTrue();
    return bus;
  }

  private RabbitEventBus publishing(Supplier<Backlog> measured) {
    return publishing(() -> OURS, measured);
  }

  private RabbitEventBus publishing(Supplier<@Nullable Fence> lease, Supplier<Backlog> measured) {
    RabbitEventBus bus = connected(limited);
    bus.start(new BusContext(new OwnThreads(), lease, new FaultBoundary(), backlog, measured));
    return bus;
  }

  /** As the relay does: an order's next event when the one before has passed. */
  private static Publication passed(RabbitEventBus bus, Event event) {
    Publication offered = bus.offer(event);
    assertThat(offered.passed().join()).isTrue();
    return offered;
  }

  private static void publish(RabbitEventBus bus, List<Event> events) {
    List<Publication> offered = events.stream().map(event -> passed(bus, event)).toList();
    offered.forEach(each -> assertThat(each.taken().join()).isTrue());
  }

  private void subscribeTo(RabbitEventBus bus, String consumer, List<Event> handled) {
    bus.subscribe(
        new Subscription(broker.consumer(consumer), Set.of(PAID, CONFIRMED), handled::add));
  }

  private void subscribeSlowTo(RabbitEventBus bus) {
    bus.subscribe(
        new Subscription(
            broker.consumer("slow"),
            Set.of(PAID, CONFIRMED),
            event -> {
              room.await();
              slow.add(event);
            }));
  }
}
