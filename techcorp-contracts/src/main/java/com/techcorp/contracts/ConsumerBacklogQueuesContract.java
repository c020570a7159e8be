package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.json.JsonObject;
import com.techcorp.messaging.Backlog.Waiting;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.spi.ConsumerBacklog;
import com.techcorp.messaging.spi.ConsumerBacklog.Due;
import com.techcorp.messaging.spi.ConsumerBacklog.Handled;
import com.techcorp.messaging.spi.ConsumerBacklog.Move;
import com.techcorp.messaging.spi.ConsumerBacklog.Queue;
import com.techcorp.messaging.spi.ConsumerBacklog.Retry;
import com.techcorp.order.OrderEventType;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What waits in a {@link ConsumerBacklog}: in sequence, for how long, and what waits behind it. */
public abstract class ConsumerBacklogQueuesContract extends ConsumerBacklogScenario {
  /** For subclasses. */
  protected ConsumerBacklogQueuesContract() {}

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

  @Test
  void anEventThatSupersedesTakesThePlaceOfThoseOfItsStreamAndTypeThatWait() {
    // given what waits of a product, of another one, and of an order
    Fence node = node();
    EventStream product = new EventStream("product", newId());
    Event old = updated(product);
    Event otherProduct = updated(new EventStream("product", newId()));
    Event otherType =
        new Event(newId(), product, Event.UNORDERED, "product.reviewed", JsonObject.EMPTY);
    List.of(old, otherProduct, otherType).forEach(event -> supersede(node, event));
    add(node, events(order, 1, 2));

    // when
    Event latest = updated(product);
    supersede(node, latest);
    supersede(node, latest); // as after a crash

    // then
    assertThat(backlog().list(consumer, MANY))
        .filteredOn(event -> !event.isOrdered())
        .containsExactlyInAnyOrder(otherProduct, otherType, latest);
    assertThat(backlog().list(consumer, MANY)).filteredOn(Event::isOrdered).hasSize(2);
    assertThat(backlog().waitingIn(List.of(Queue.of(consumer, old)))).isEmpty();

    // when what it took the place of is handled, delayed or given up, because it was under way
    backlog().remove(List.of(new Handled(Queue.of(consumer, old), List.of(old))));
    retry(node, new Retry(Queue.of(consumer, old), 1, SECOND, "no luck"));
    int moved = backlog().moveToDeadLetters(Queue.of(consumer, old), old, "no luck");

    // then
    assertThat(moved).isZero();
    assertThat(due(node)).hasSize(4);
  }

  private void supersede(Fence node, Event event) {
    Move move =
        new Move(Queue.of(consumer, event), List.of(event), 0, Duration.ZERO, null, false, true);
    backlog().add(node, List.of(move));
  }

  @Test
  void tellsHowMuchCameWhileTheConsumerWasPaused() {
    // given
    Fence node = node();
    add(node, events(newId(), 1, 2));
    List<Event> events = events(order, 1, 3);

    // when
    Move paused = new Move(queue(order), events, 0, Duration.ZERO, "away", true, false);
    backlog().add(node, List.of(paused));

    // then
    Waiting waiting = Objects.requireNonNull(backlog().waiting().get(consumer));
    assertThat(waiting.events()).isEqualTo(5);
    assertThat(waiting.whilePaused()).isEqualTo(3);

    // when
    handled(events.get(0), events.get(1));

    // then
    assertThat(Objects.requireNonNull(backlog().waiting().get(consumer)).whilePaused()).isOne();
  }
}
