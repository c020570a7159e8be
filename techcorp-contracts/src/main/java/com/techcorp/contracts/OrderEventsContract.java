package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.NotFoundException;
import com.techcorp.json.JsonObject;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.StreamConsumer;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.TraceContext.Trace;
import com.techcorp.order.OrderEventType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * An order's events: as they were published, with their trace, and once more for a consumer that
 * lacks them.
 */
public abstract class OrderEventsContract extends OrderScenario {
  private volatile Trace tracing = new Trace("", null);

  /** For subclasses. */
  protected OrderEventsContract() {}

  @Test
  void anOrdersEventsAreMadeAgainAsTheyWerePublished() {
    // given
    UUID id = confirmed(stocked(5), 2);
    shop().orders().cancel(customer, id, "changed my mind");
    assertPublished(
        id, "payment.confirmed", "order.confirmed", "order.cancelled", "payment.refunded");

    // when
    List<Event> again = shop().events().of(id);

    // then
    assertThat(again)
        .usingElementComparator((one, other) -> sameButForTheTime(one, other) ? 0 : 1)
        .containsExactlyElementsOf(published(id));
    assertThat(again).extracting(Event::id).doesNotHaveDuplicates();
  }

  private static boolean sameButForTheTime(Event one, Event other) {
    Duration off = Duration.between(timestamp(one), timestamp(other));
    return off.abs().compareTo(Duration.ofSeconds(1)) < 0
        && withoutTime(one).equals(withoutTime(other));
  }

  private static Instant timestamp(Event event) {
    return Instant.parse(event.payload().text("timestamp"));
  }

  private static Event withoutTime(Event event) {
    JsonObject payload = JsonObject.builder().putAll(event.payload()).put("timestamp", "").build();
    return new Event(event.id(), event.stream(), event.sequence(), event.type(), payload);
  }

  @Test
  void everyEventOfAnOrderHasTheTraceInWhichItWasPlaced() {
    // given
    Trace placing =
        new Trace("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "vendor=some value");
    tracing = placing;
    traces = () -> Optional.of(tracing);

    // when
    UUID shipped = confirmed(stocked(5), 2);
    UUID refunded = confirmed(stocked(5), 2);
    tracing = new Trace("00-" + "1".repeat(32) + "-2222222222222222-00", null);
    shop().orders().ship(shipped);
    shop().orders().deliver(shipped);
    shop().orders().cancel(customer, refunded, "changed my mind");

    // then
    assertPublished(
        shipped, "payment.confirmed", "order.confirmed", "order.shipped", "order.delivered");
    assertPublished(
        refunded, "payment.confirmed", "order.confirmed", "order.cancelled", "payment.refunded");
    List.of(shipped, refunded)
        .forEach(
            id -> {
              assertThat(published(id)).extracting(Event::trace).containsOnly(Optional.of(placing));
              assertThat(shop().events().of(id))
                  .extracting(Event::trace)
                  .containsOnly(Optional.of(placing));
            });
  }

  @Test
  void aTraceThatIsNotWellFormedOrCannotBeHadCostsNoOrder() {
    // given
    AtomicInteger asked = new AtomicInteger();
    traces =
        () -> {
          if (asked.incrementAndGet() == 1) {
            return Optional.of(new Trace("00-" + "0".repeat(32) + "-b7ad6b7169203331-01", null));
          }
          throw new IllegalStateException("no tracer");
        };

    // when
    UUID malformed = confirmed(stocked(5), 2);
    UUID failing = confirmed(stocked(5), 2);

    // then
    for (UUID id : List.of(malformed, failing)) {
      assertPublished(id, "payment.confirmed", "order.confirmed");
      assertThat(published(id)).noneMatch(event -> event.payload().containsKey(Event.TRACEPARENT));
    }
    assertThat(asked).hasValue(2);
  }

  @Test
  void aConsumerThatIsNewGetsAnOldOrdersWholeHistory() {
    // given
    UUID id = confirmed(stocked(5), 2);
    shop().orders().ship(id);
    assertPublished(id, "payment.confirmed", "order.confirmed", "order.shipped");
    List<Event> had = new CopyOnWriteArrayList<>();
    subscribe(ordered("late", had));

    // when
    shop().orders().deliver(id);

    // then it waits for what was before
    eventually(() -> assertThat(storage().inbox().dead("late", 10)).hasSize(1));
    assertThat(storage().inbox().dead("late", 10).get(0).reason())
        .endsWith("event 4 of order " + id + " waits until late has had event 1");
    assertThat(had).isEmpty();

    // when
    int sent = shop().events().sendAgain(id, "late");

    // then
    assertThat(sent).isEqualTo(4);
    eventually(
        () ->
            assertThat(had)
                .extracting(Event::type)
                .containsExactly(
                    "payment.confirmed", "order.confirmed", "order.shipped", "order.delivered"));
    assertThat(published(id)).as("nothing for the others").hasSize(4);

    // when what it could not take is replayed, it has had that too
    assertThat(inProcessBus().replay("late", 10)).isEqualTo(1);

    // then
    eventually(() -> assertThat(storage().consumerBacklog().waiting()).isEmpty());
    assertThat(had).hasSize(4);
    assertThat(storage().inbox().dead("late", 10)).isEmpty();
  }

  @Test
  void aConsumerThatHadAnOrdersEventsHasNoSecondEffect() {
    // given
    List<Event> had = new CopyOnWriteArrayList<>();
    Set<UUID> recorded = new HashSet<>();
    subscribe(ordered("ledger", had));
    UUID id = confirmed(stocked(5), 2);
    eventually(() -> assertThat(had).hasSize(2));

    // when
    shop().events().sendAgain(id, "ledger");
    shop().events().sendAgain(id, "recorder");

    // then
    eventually(() -> assertThat(published(id)).hasSize(4));
    eventually(() -> assertThat(storage().consumerBacklog().waiting()).isEmpty());
    assertThat(had).hasSize(2);
    published(id).forEach(event -> recorded.add(event.id()));
    assertThat(recorded).as("known again by their ids").hasSize(2);
    assertThat(published(id)).hasSize(4);
  }

  @Test
  void nothingIsSentAgainOfAnUnknownOrderOrToAnUnknownConsumer() {
    UUID id = confirmed(stocked(5), 2);
    assertThatThrownBy(() -> shop().events().sendAgain(newId(), "recorder"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("no order");
    assertThatThrownBy(() -> shop().events().sendAgain(id, "nobody"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("'nobody'");
  }

  private Subscription ordered(String consumer, List<Event> had) {
    return StreamConsumer.subscription(
        consumer,
        OrderEventType.routingKeys(),
        OrderEventType.routingKeys(),
        storage().inbox(),
        storage().unitOfWork(),
        (event, turn) -> {
          turn.take(storage().unitOfWork());
          had.add(event);
        });
  }
}
