package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.techcorp.error.NotFoundException;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.json.JsonObject;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.order.OrderEventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link EventBus} does, whether it has a broker or not. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class EventBusContracts extends ContractSuite<EventBusUnderTest> {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String CONFIRMED = "order.confirmed";
  private static final String UPDATED = "product.updated";
  private static final String CANCELLED = "order.cancelled";

  private final Map<String, List<Event>> handled = new ConcurrentHashMap<>();

  /** For subclasses. */
  protected EventBusContracts() {}

  private EventTransport bus() {
    return adapter().bus();
  }

  private int attempts() {
    return adapter().attempts();
  }

  private List<String> reasonsOfDead(String consumer) {
    return adapter().reasonsOfDead().apply(consumer);
  }

  @Test
  void givesEachConsumerWhatItAskedFor() {
    // given
    subscribe("first", CONFIRMED);
    subscribe("second", CONFIRMED, CANCELLED);
    Event confirmed = event(UUID.randomUUID(), 1, CONFIRMED);
    Event cancelled = event(UUID.randomUUID(), 1, CANCELLED);

    // when
    offer(confirmed);
    offer(cancelled);

    // then
    awaitHandled("first", 1);
    awaitHandled("second", 2);
    assertThat(of("first")).containsExactly(confirmed);
    assertThat(of("second")).containsExactly(confirmed, cancelled);
  }

  @Test
  void takesWhatNobodyWants() {
    subscribe("picky", CANCELLED);

    offer(event(UUID.randomUUID(), 1, CONFIRMED));
    offer(event(UUID.randomUUID(), 1, CANCELLED));

    awaitHandled("picky", 1);
    assertThat(of("picky")).extracting(Event::type).containsExactly(CANCELLED);
  }

  @Test
  void keepsAnOrdersEventsInSequence() {
    // given
    subscribe("orderly", CONFIRMED);
    List<UUID> orders = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());

    // when
    for (int sequence = 1; sequence <= 30; sequence++) {
      for (UUID order : orders) {
        offer(event(order, sequence, CONFIRMED));
      }
    }

    // then
    awaitHandled("orderly", 90);
    for (UUID order : orders) {
      assertThat(of("orderly"))
          .filteredOn(event -> event.stream().id().equals(order))
          .extracting(Event::sequence)
          .isSorted()
          .hasSize(30);
    }
  }

  @Test
  void anEventOfAStreamWithoutOrderHoldsNoOtherBack() {
    // given a consumer that fails on the first of two events of one product
    UUID product = UUID.randomUUID();
    Event first = updated(product);
    Event second = updated(product);
    bus()
        .subscribe(
            new Subscription(
                "index",
                Set.of(UPDATED),
                event -> {
                  of("index").add(event);
                  if (event.equals(first) && Collections.frequency(of("index"), first) == 1) {
                    throw new IllegalStateException("no luck");
                  }
                }));

    // when
    offer(first);
    offer(second);

    // then
    awaitHandled("index", 3);
    assertThat(of("index")).containsExactlyInAnyOrder(first, second, first);
    assertThat(of("index").indexOf(second)).isLessThan(of("index").lastIndexOf(first));
    assertThat(of("index")).allMatch(event -> event.stream().equals(first.stream()));
  }

  private static Event updated(UUID product) {
    UUID id = UUID.randomUUID();
    JsonObject.Builder payload = JsonObject.builder();
    payload.put("event", UPDATED);
    payload.put("event_id", id.toString());
    payload.put("version", 1);
    payload.put("product_id", product.toString());
    return new Event(
        id, new EventStream("product", product), Event.UNORDERED, UPDATED, payload.build());
  }

  @Test
  void comesAgainWhenAConsumerFailed() {
    // given
    subscribeFailing("flaky", UUID.randomUUID(), attempts() - 1);
    Event event = event(UUID.randomUUID(), 1, CONFIRMED);
    subscribeFailing("shaky", event.stream().id(), attempts() - 1);

    // when
    offer(event);

    // then
    awaitHandled("shaky", attempts());
    awaitHandled("flaky", 1);
    assertThat(of("shaky")).containsOnly(event);
    assertThat(reasonsOfDead("shaky")).isEmpty();
  }

  @Test
  @Tag("B01")
  @DisplayName("B01: an Error of a consumer fails a delivery, and ends neither thread nor stream")
  void comesAgainWhenAConsumerThrewAnError() {
    // given
    Event event = event(UUID.randomUUID(), 1, CONFIRMED);
    Event next = event(event.stream().id(), 2, CONFIRMED);
    bus()
        .subscribe(
            new Subscription(
                "undeployed",
                Set.of(CONFIRMED),
                taken -> {
                  of("undeployed").add(taken);
                  if (of("undeployed").size() == 1) {
                    throw new NoClassDefFoundError("com/host/Ledger");
                  }
                }));

    // when
    offer(event);
    offer(next);

    // then
    awaitHandled("undeployed", 3);
    assertThat(of("undeployed")).contains(event, next);
    assertThat(of("undeployed")).filteredOn(event::equals).hasSize(2);
    assertThat(reasonsOfDead("undeployed")).isEmpty();
  }

  @Test
  @Tag("T18")
  void keepsWhatIsPoisonAsADeadLetterAndGoesOn() {
    // given
    Event poison = event(UUID.randomUUID(), 1, CONFIRMED);
    Event sound = event(UUID.randomUUID(), 1, CONFIRMED);
    subscribeFailing("poisoned", poison.stream().id(), Integer.MAX_VALUE);

    // when
    CompletableFuture<Void> offered = CompletableFuture.runAsync(() -> offer(poison));
    offer(sound);

    // then
    await().atMost(LIMIT).until(() -> of("poisoned").contains(sound));
    await().atMost(LIMIT).until(() -> reasonsOfDead("poisoned").size() == 1);
    offered.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    assertThat(reasonsOfDead("poisoned"))
        .containsExactly("java.lang.IllegalStateException: no luck");
    assertThat(of("poisoned")).filteredOn(poison::equals).hasSize(attempts());
  }

  @Test
  void sendsEventsAgainToOneConsumerOnly() {
    // given
    subscribe("first", CONFIRMED, CANCELLED);
    subscribe("second", CONFIRMED);
    UUID order = UUID.randomUUID();
    List<Event> events =
        IntStream.rangeClosed(1, 6)
            .mapToObj(sequence -> event(order, sequence, sequence == 3 ? CANCELLED : CONFIRMED))
            .toList();
    events.forEach(this::offer);
    awaitHandled("first", 6);
    awaitHandled("second", 5);

    // when
    bus().resend("second", events);

    // then, in sequence and without what it does not want
    awaitHandled("second", 10);
    offer(event(UUID.randomUUID(), 1, CONFIRMED));
    awaitHandled("first", 7);
    awaitHandled("second", 11);
    List<Event> wanted = events.stream().filter(event -> event.type().equals(CONFIRMED)).toList();
    assertThat(of("second").subList(5, 10)).containsExactlyElementsOf(wanted);
    assertThat(of("first").subList(0, 6)).containsExactlyElementsOf(events);
  }

  @Test
  void sendsNothingAgainToAConsumerThatIsNotThere() {
    subscribe("first", CONFIRMED);
    offer(event(UUID.randomUUID(), 1, CONFIRMED));

    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> bus().resend("nobody", List.of(event(UUID.randomUUID(), 1, CONFIRMED))))
        .withMessageContaining("'nobody'");
  }

  @Test
  void refusesANameThatIsTaken() {
    subscribe("notifications", CONFIRMED);

    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> subscribe("notifications", CANCELLED))
        .withMessageContaining("'notifications'");
  }

  @Test
  void takesNothingOnceItIsClosed() {
    subscribe("late", CONFIRMED);

    bus().close();

    assertThat(taken(event(UUID.randomUUID(), 1, CONFIRMED))).isFalse();
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> bus().resend("late", List.of(event(UUID.randomUUID(), 1, CONFIRMED))));
    assertThat(of("late")).isEmpty();
  }

  /** As the relay does: again and again until it is taken. */
  private void offer(Event event) {
    await().atMost(LIMIT).pollInterval(Duration.ofMillis(10)).until(() -> taken(event));
  }

  /** A bus that takes nothing for now has not taken it. */
  private boolean taken(Event event) {
    return bus()
        .publish(event)
        .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
        .exceptionally(
            failure -> {
              assertThat(failure).isInstanceOf(UnavailableException.class);
              return false;
            })
        .join();
  }

  private void subscribe(String consumer, String... types) {
    bus().subscribe(new Subscription(consumer, Set.of(types), event -> of(consumer).add(event)));
  }

  private void subscribeFailing(String consumer, UUID order, int failures) {
    bus()
        .subscribe(
            new Subscription(
                consumer,
                Set.of(CONFIRMED),
                event -> {
                  of(consumer).add(event);
                  long attempt = of(consumer).stream().filter(event::equals).count();
                  if (event.stream().id().equals(order) && attempt <= failures) {
                    throw new IllegalStateException("no luck");
                  }
                }));
  }

  private List<Event> of(String consumer) {
    return handled.computeIfAbsent(consumer, name -> new CopyOnWriteArrayList<>());
  }

  private void awaitHandled(String consumer, int count) {
    await().atMost(LIMIT).until(() -> new ArrayList<>(of(consumer)).size() >= count);
  }

  private static Event event(UUID order, int sequence, String type) {
    UUID id = UUID.randomUUID();
    JsonObject.Builder payload = JsonObject.builder();
    payload.put("event", type);
    payload.put("event_id", id.toString());
    payload.put("version", 1);
    payload.put("order_id", order.toString());
    payload.put("sequence", sequence);
    payload.put("order_number", "TC-2026-000001");
    payload.put("amount", 29_990);
    return new Event(id, OrderEventType.streamOf(order), sequence, type, payload.build());
  }
}
