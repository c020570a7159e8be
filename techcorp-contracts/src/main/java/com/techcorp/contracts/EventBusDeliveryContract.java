package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.NotFoundException;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.spi.EventTransport;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Which events a consumer of an {@link EventTransport} gets, in which sequence, and that it can
 * have them sent again.
 */
public abstract class EventBusDeliveryContract extends EventBusScenario {
  /** For subclasses. */
  protected EventBusDeliveryContract() {}

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
}
