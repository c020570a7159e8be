package com.techcorp.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.StreamConsumer;
import com.techcorp.messaging.Subscription;
import com.techcorp.order.OrderEventType;
import com.techcorp.testkit.MemoryStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A host is deployed again and again under load. The new build knows a type of events that the old
 * one does not; both have the consumer, on one queue and one database.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RabbitRollingDeployIT {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int DEPLOYS = 10;
  private static final int PUBLISHERS = 3;
  private static final int EACH = 15;
  private static final String CONSUMER = "books";
  private static final String ADDED = "order.cancelled";

  /** The added type is in the middle: what follows it must wait for a build that knows it. */
  private static final List<String> HISTORY =
      List.of("payment.confirmed", ADDED, "order.confirmed", ADDED, "order.confirmed");

  private final TestBroker broker = TestBroker.shared();
  private final RabbitOptions options =
      broker.options.withWaits(Stream.of(20, 40, 80, 160).map(Duration::ofMillis).toList());
  private final RabbitEventBus publishing = broker.connect(options);
  private final MemoryStorage storage = MemoryStorage.create();
  private final Map<UUID, List<Integer>> handled = new ConcurrentHashMap<>();
  private final List<UUID> orders = new CopyOnWriteArrayList<>();
  private final AtomicInteger byOld = new AtomicInteger();
  private final AtomicInteger byNew = new AtomicInteger();
  private final AtomicBoolean enough = new AtomicBoolean();
  private final List<RabbitEventBus> open = new ArrayList<>(List.of(publishing));

  @AfterEach
  void disconnect() throws Exception {
    enough.set(true);
    open.forEach(RabbitEventBus::close);
    broker.remove();
  }

  @Test
  @Tag("S1")
  @DisplayName("S1: ten deploys under load, old after new and new after old: in order, none lost")
  void eachOrdersEventsAreHandledOnceAndInSequence() {
    // given
    broker.consumer(CONSUMER);
    assertThat(publishing.awaitConnected(LIMIT)).isTrue();
    RabbitEventBus running = deployed(true);
    List<CompletableFuture<Void>> publishers = new ArrayList<>();
    for (int i = 0; i < PUBLISHERS; i++) {
      publishers.add(CompletableFuture.runAsync(this::publish));
    }

    // when
    for (int deploy = 1; deploy <= DEPLOYS; deploy++) {
      awaitMore(orders::size);
      RabbitEventBus next = deployed(deploy % 2 == 0);
      awaitMore(orders::size); // both at once
      running.close();
      running = next;
    }
    awaitMore(orders::size);
    enough.set(true);
    publishers.forEach(CompletableFuture::join);
    deployed(true);

    // then, once what failed too often while no build knew it was replayed
    List<Integer> all = IntStream.rangeClosed(1, HISTORY.size()).boxed().toList();
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              publishing.deadLetters(CONSUMER).replay(10_000);
              return orders.stream().allMatch(order -> all.equals(handled.get(order)));
            });
    System.out.printf(
        "%d orders, %d events by the old build, %d by the new one%n",
        orders.size(), byOld.get(), byNew.get());
    assertThat(handled).hasSameSizeAs(orders);
    assertThat(byOld).hasPositiveValue();
    assertThat(byNew).hasPositiveValue();
  }

  private void publish() {
    while (!enough.get()) {
      UUID order = UUID.randomUUID();
      for (int sequence = 1; sequence <= HISTORY.size(); sequence++) {
        Event event = TestEvents.event(order, sequence, HISTORY.get(sequence - 1));
        await().atMost(LIMIT).until(() -> TestEvents.taken(publishing, event));
      }
      orders.add(order);
    }
  }

  private void awaitMore(IntSupplier some) {
    int before = some.getAsInt();
    await().atMost(LIMIT).until(() -> some.getAsInt() >= before + EACH);
  }

  private RabbitEventBus deployed(boolean newer) {
    RabbitEventBus bus = broker.connect(options);
    open.add(bus);
    assertThat(bus.awaitConnected(LIMIT)).isTrue();
    Subscription ordered =
        StreamConsumer.subscription(
            CONSUMER,
            OrderEventType.routingKeys(),
            OrderEventType.routingKeys(),
            storage.inbox(),
            storage.unitOfWork(),
            (event, turn) -> handle(event, turn, newer ? byNew : byOld));
    Set<String> types = new HashSet<>(ordered.types());
    if (!newer) {
      types.remove(ADDED);
    }
    bus.subscribe(new Subscription(CONSUMER, types, ordered.handler()));
    return bus;
  }

  /** Its effect is a line, which stands if the turn was taken. */
  private void handle(Event event, StreamConsumer.Turn turn, AtomicInteger by) {
    List<Integer> lines =
        handled.computeIfAbsent(event.stream().id(), order -> new CopyOnWriteArrayList<>());
    synchronized (lines) {
      turn.take(storage.unitOfWork());
      lines.add(event.sequence());
    }
    by.incrementAndGet();
  }
}
