package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.techcorp.json.JsonObject;
import com.techcorp.messaging.Backlog.Waiting;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.Inbox;
import com.techcorp.messaging.spi.ConsumerBacklog;
import com.techcorp.messaging.spi.ConsumerBacklog.Due;
import com.techcorp.messaging.spi.ConsumerBacklog.Handled;
import com.techcorp.messaging.spi.ConsumerBacklog.Move;
import com.techcorp.messaging.spi.ConsumerBacklog.Queue;
import com.techcorp.messaging.spi.ConsumerBacklog.Retry;
import com.techcorp.order.OrderEventType;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a {@link ConsumerBacklog} promises. */
public abstract class ConsumerBacklogContract extends StorageContract {
  private static final int MANY = 1_000;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final String consumer = "contract-" + newId();
  private final UUID order = newId();

  /** For subclasses. */
  protected ConsumerBacklogContract() {}

  private ConsumerBacklog backlog() {
    return storage().consumerBacklog();
  }

  private Fence node() {
    return storage().nodes().register("contract", LEASE);
  }

  private void retry(Fence holder, Retry... retries) {
    backlog().retry(holder, List.of(retries));
  }

  private Queue queue(UUID orderId) {
    return new Queue(consumer, OrderEventType.streamOf(orderId));
  }

  private static Event event(UUID orderId, int sequence) {
    UUID id = newId();
    return new Event(
        id,
        OrderEventType.streamOf(orderId),
        sequence,
        "order.confirmed",
        JsonObject.builder()
            .put("event", "order.confirmed")
            .put("event_id", id.toString())
            .put("sequence", sequence)
            .put("note", "Grüße")
            .build());
  }

  private static List<Event> events(UUID orderId, int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(sequence -> event(orderId, sequence)).toList();
  }

  private void add(@Nullable Fence holder, List<Event> events) {
    backlog()
        .add(
            holder,
            List.of(new Move(queue(events.get(0).stream().id()), events, 0, Duration.ZERO, null)));
  }

  private List<Due> due(Fence holder) {
    return backlog().due(holder, Map.of(consumer, MANY));
  }

  private void handled(Event... events) {
    backlog().remove(List.of(new Handled(queue(events[0].stream().id()), List.of(events))));
  }

  @Test
  void keepsEventsInSequenceUntilTheyAreHandled() {
    // given
    Fence node = node();
    List<Event> events = events(order, 2, 4);

    // when
    add(node, events);

    // then
    assertThat(due(node)).containsExactly(new Due(queue(order), 0, events));
    assertThat(due(node)).as("they stay").hasSize(1);

    // when
    handled(events.get(0), events.get(1));
    handled(events.get(1)); // what is gone already

    // then
    assertThat(due(node)).containsExactly(new Due(queue(order), 0, events.subList(2, 3)));

    // when
    handled(events.get(2));

    // then
    assertThat(due(node)).isEmpty();
    assertThat(backlog().list(consumer, MANY)).isEmpty();
    assertThat(backlog().waitingIn(List.of(queue(order)))).isEmpty();
  }

  @Test
  void addsAnEventOnce() {
    // given
    Fence node = node();
    Event first = event(order, 1);
    add(node, List.of(first));

    // when
    add(node, List.of(first));
    add(node, List.of(first, event(order, 2)));

    // then
    assertThat(backlog().list(consumer, MANY)).extracting(Event::sequence).containsExactly(1, 2);
  }

  @Test
  void handsOverWhenTheDelayIsOver() {
    // given
    Fence node = node();
    List<Event> events = events(order, 1, 2);
    backlog().add(node, List.of(new Move(queue(order), events, 1, SECOND, "no luck")));

    // when, then
    assertThat(due(node)).isEmpty();
    advance(SECOND);
    assertThat(due(node)).containsExactly(new Due(queue(order), 1, events));

    // when it fails again
    retry(node, new Retry(queue(order), 2, SECOND.multipliedBy(2), "still no luck"));
    advance(SECOND);

    // then
    assertThat(due(node)).isEmpty();
    advance(SECOND);
    assertThat(due(node)).containsExactly(new Due(queue(order), 2, events));

    // when the first is handled, the next has not failed yet
    handled(events.get(0));
    assertThat(due(node)).containsExactly(new Due(queue(order), 0, events.subList(1, 2)));
  }

  @Test
  void whatComesLaterWaitsBehind() {
    // given
    Fence node = node();
    Event first = event(order, 1);
    backlog().add(node, List.of(new Move(queue(order), List.of(first), 3, SECOND, "no luck")));

    // when
    Event second = event(order, 2);
    add(node(), List.of(second));

    // then
    assertThat(due(node)).isEmpty();
    advance(SECOND);
    assertThat(due(node)).containsExactly(new Due(queue(order), 3, List.of(first, second)));
  }

  @Test
  void saysInWhichStreamsSomethingWaits() {
    // given
    UUID other = newId();
    add(null, events(order, 1, 1));

    // when, then
    assertThat(
            backlog()
                .waitingIn(
                    List.of(
                        queue(order),
                        queue(other),
                        new Queue(consumer + "-2", OrderEventType.streamOf(order)))))
        .containsExactly(queue(order));
    assertThat(backlog().waitingIn(List.of())).isEmpty();
  }

  @Test
  void eventsOfAStreamWithoutOrderWaitInQueuesOfTheirOwn() {
    // given
    Fence node = node();
    EventStream product = new EventStream("product", newId());
    Event first = updated(product);
    Event second = updated(product);
    Move one = new Move(Queue.of(consumer, first), List.of(first), 1, SECOND, "no luck");
    Move other = new Move(Queue.of(consumer, second), List.of(second), 0, Duration.ZERO, null);

    // when
    backlog().add(node, List.of(one, other));

    // then
    assertThat(due(node)).containsExactly(new Due(Queue.of(consumer, second), 0, List.of(second)));
    assertThat(backlog().list(consumer, MANY)).containsExactlyInAnyOrder(first, second);

    // when
    backlog().remove(List.of(new Handled(Queue.of(consumer, second), List.of(second))));
    int moved = backlog().moveToDeadLetters(Queue.of(consumer, first), first, "given up");

    // then
    assertThat(moved).isOne();
    assertThat(backlog().list(consumer, MANY)).isEmpty();

    // when
    int replayed = backlog().replay(consumer, MANY);

    // then
    assertThat(replayed).isOne();
    assertThat(due(node)).containsExactly(new Due(Queue.of(consumer, first), 0, List.of(first)));
  }

  private static Event updated(EventStream product) {
    UUID id = newId();
    return new Event(
        id,
        product,
        Event.UNORDERED,
        "product.updated",
        JsonObject.builder().put("event_id", id.toString()).build());
  }

  @Test
  void streamsThatShareAnIdWaitInQueuesOfTheirOwn() {
    // given
    Fence node = node();
    EventStream shipment = new EventStream("shipment", order);
    Event left = new Event(newId(), shipment, 1, "shipment.left", JsonObject.EMPTY);
    add(node, events(order, 1, 2));

    // when
    backlog()
        .add(
            node,
            List.of(new Move(Queue.of(consumer, left), List.of(left), 0, Duration.ZERO, null)));
    backlog().remove(List.of(new Handled(Queue.of(consumer, left), List.of(left))));

    // then
    assertThat(due(node)).hasSize(1).allMatch(due -> due.queue().equals(queue(order)));
    assertThat(backlog().list(consumer, MANY)).extracting(Event::sequence).containsExactly(1, 2);
  }

  @Test
  void aStreamIsOfOneNodeUntilThatIsGone() {
    // given
    Fence first = node();
    Fence second = node();
    add(first, events(order, 1, 1));

    // when, then
    assertThat(due(second)).isEmpty();
    add(second, events(order, 2, 2));
    assertThat(due(second)).as("held by the node that has its first").isEmpty();
    assertThat(due(first)).hasSize(1);

    // when
    storage().nodes().retire(first);

    // then
    assertThat(due(second)).flatExtracting(Due::events).hasSize(2);
    retry(first, new Retry(queue(order), 5, SECOND, "from a node that is gone"));
    assertThat(due(second)).extracting(Due::attempts).containsExactly(0);
  }

  @Test
  void hasSeveralStreamsWaitAtOnceEachForAsLongAsItMust() {
    // given
    Fence node = node();
    Fence other = node();
    UUID later = newId();
    UUID others = newId();
    add(node, events(order, 1, 1));
    add(node, events(later, 1, 1));
    add(other, events(others, 1, 1));

    // when
    retry(
        node,
        new Retry(queue(later), 3, SECOND.multipliedBy(2), "no luck"),
        new Retry(queue(others), 4, SECOND, "not its own"),
        new Retry(queue(newId()), 5, SECOND, "nothing waits there"),
        new Retry(queue(order), 2, SECOND, "no luck"));

    // then
    assertThat(due(node)).isEmpty();
    assertThat(due(other)).extracting(Due::attempts).containsExactly(0);
    advance(SECOND);
    assertThat(due(node)).extracting(Due::queue).containsExactly(queue(order));
    advance(SECOND);
    assertThat(due(node))
        .extracting(Due::queue, Due::attempts)
        .containsExactly(tuple(queue(order), 2), tuple(queue(later), 3));
  }

  @Test
  void whatNobodyHoldsIsTakenByWhoServesTheConsumer() {
    // given
    Fence node = node();
    add(null, events(order, 1, 1));

    // when, then
    assertThat(backlog().due(node, Map.of(consumer + "-2", MANY))).isEmpty();
    assertThat(due(node())).hasSize(1);
    assertThat(due(node)).isEmpty();
  }

  @Test
  void readsSoManyStreamsOfEachConsumer() {
    // given
    Fence node = node();
    List<UUID> orders = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      orders.add(newId());
      add(node, events(orders.get(i), 1, 2));
      advance(Duration.ofMillis(10));
    }
    String other = consumer + "-2";
    backlog()
        .add(
            node,
            List.of(
                new Move(
                    new Queue(other, OrderEventType.streamOf(order)),
                    events(order, 1, 1),
                    0,
                    Duration.ZERO,
                    null)));

    // when
    List<Due> due = backlog().due(node, Map.of(consumer, 2, other, 2));

    // then the one that is due longest first
    assertThat(due)
        .filteredOn(each -> each.queue().consumer().equals(consumer))
        .extracting(each -> each.queue().key().id())
        .containsExactly(orders.get(0), orders.get(1));
    assertThat(due).filteredOn(each -> each.queue().consumer().equals(other)).hasSize(1);
  }

  @Test
  void movesOneEventToTheDeadLetters() {
    // given
    Fence node = node();
    List<Event> events = events(order, 1, 2);
    backlog().add(node, List.of(new Move(queue(order), events, 9, SECOND, "no luck")));

    // when
    int moved = backlog().moveToDeadLetters(queue(order), events.get(0), "given up");

    // then
    assertThat(moved).isEqualTo(1);
    assertThat(storage().inbox().dead(consumer, MANY))
        .containsExactly(new Inbox.DeadLetter(events.get(0), "given up"));
    assertThat(due(node)).containsExactly(new Due(queue(order), 0, events.subList(1, 2)));
    assertThat(backlog().moveToDeadLetters(queue(order), events.get(0), "again")).isZero();
  }

  @Test
  void movesAWholeStreamToTheDeadLetters() {
    // given
    List<Event> events = events(order, 1, 3);
    add(node(), events);
    UUID other = newId();
    add(node(), events(other, 1, 1));

    // when
    int moved = backlog().moveToDeadLetters(queue(order), null, "it still runs");

    // then
    assertThat(moved).isEqualTo(3);
    assertThat(storage().inbox().dead(consumer, MANY))
        .extracting(Inbox.DeadLetter::event)
        .containsExactlyElementsOf(events);
    assertThat(backlog().list(consumer, MANY))
        .extracting(event -> event.stream().id())
        .containsExactly(other);
    assertThat(backlog().waitingIn(List.of(queue(order)))).isEmpty();
  }

  @Test
  void takesDeadLettersBack() {
    // given
    Fence node = node();
    List<Event> events = events(order, 1, 3);
    events.forEach(event -> storage().inbox().addDeadLetter(consumer, event, "no template"));

    // when
    int replayed = backlog().replay(consumer, 2);

    // then
    assertThat(replayed).isEqualTo(2);
    assertThat(due(node)).containsExactly(new Due(queue(order), 0, events.subList(0, 2)));
    assertThat(storage().inbox().dead(consumer, MANY))
        .extracting(Inbox.DeadLetter::event)
        .containsExactly(events.get(2));
    assertThat(backlog().replay(consumer, MANY)).isEqualTo(1);
    assertThat(backlog().replay(consumer, MANY)).isZero();
    assertThat(due(node)).containsExactly(new Due(queue(order), 0, events));
  }

  @Test
  void tellsHowMuchWaitsForEachConsumerAndForHowLong() {
    // given
    add(node(), events(order, 1, 2));
    advance(TTL);
    add(node(), events(newId(), 1, 1));

    // when, then
    Waiting waiting = Objects.requireNonNull(backlog().waiting().get(consumer));
    assertThat(waiting.events()).isEqualTo(3);
    assertThat(waiting.age()).isBetween(TTL, TTL.plusMinutes(1));
    assertThat(backlog().waiting()).doesNotContainKey(consumer + "-2");
  }

  @Test
  void countsApartFromTheOutbox() {
    long before = storage().outbox().backlog().events();
    add(node(), events(order, 1, 2));
    assertThat(storage().outbox().backlog().events()).isEqualTo(before);
  }

  /** Nothing is lost between one that adds behind and one that empties the stream. */
  @Test
  void losesNothingWhileOneAddsAndAnotherRemoves() throws Exception {
    // given
    Fence node = node();
    int events = 60;
    List<Integer> seen = new ArrayList<>();

    // when
    Threads.together(
        2,
        thread ->
            () -> {
              if (thread == 0) {
                for (int sequence = 1; sequence <= events; sequence++) {
                  add(node, List.of(event(order, sequence)));
                }
              } else {
                while (seen.size() < events) {
                  for (Due due : due(node)) {
                    due.events().forEach(event -> seen.add(event.sequence()));
                    backlog().remove(List.of(new Handled(due.queue(), due.events())));
                  }
                }
              }
              return true;
            });

    // then
    assertThat(seen).containsExactlyElementsOf(IntStream.rangeClosed(1, events).boxed().toList());
    assertThat(backlog().waitingIn(List.of(queue(order)))).isEmpty();
  }
}
