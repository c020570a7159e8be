package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.OutboxEffect;
import com.techcorp.messaging.spi.Outbox;
import com.techcorp.order.OrderEventType;
import com.techcorp.payment.spi.PaymentEffect;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an {@link Outbox} keeps of events: their sequence, their times, all or none of a work. */
public abstract class OutboxEventsContract extends OutboxScenario {
  /** For subclasses. */
  protected OutboxEventsContract() {}

  @Test
  void keepsAnEventWithItsTime() {
    // given
    OutboxEffect.Publish publish = publish(order, 1);

    // when
    write(publish);

    // then
    Event event = of(order).get(0);
    assertThat(event)
        .returns(publish.eventId(), Event::id)
        .returns(OrderEventType.streamOf(order), Event::stream)
        .returns(1, Event::sequence)
        .returns("order.confirmed", Event::type);
    assertThat(event.payload().text("event_id")).isEqualTo(publish.eventId().toString());
    assertThat(event.payload().objects("items").get(0).number("quantity")).isEqualTo(2);
    assertThat(event.payload().size()).as("the given fields and timestamp").isEqualTo(6);
  }

  @Test
  void addsTheTimeAsAnInstant() {
    // given
    write(publish(order, 1));
    advance(LEASE);

    // when
    write(publish(order, 2));

    // then: ISO 8601 in UTC, so that texts from different hosts compare
    List<String> times =
        of(order).stream().map(event -> event.payload().text("timestamp")).toList();
    assertThat(times).hasSize(2).allSatisfy(time -> assertThat(time).endsWith("Z"));
    assertThat(Instant.parse(times.get(1)))
        .isAfterOrEqualTo(Instant.parse(times.get(0)).plus(LEASE));
  }

  @Test
  void keepsTheEventsOfAnOrderInSequence() {
    // given
    UUID other = newId();

    // when
    write(publish(order, 1), publish(order, 2));
    commitAll(
        writeSet(publish(other, 1)), writeSet(publish(order, 3)), writeSet(publish(other, 2)));
    write(publish(order, 4));

    // then
    assertThat(of(order)).extracting(Event::sequence).containsExactly(1, 2, 3, 4);
    assertThat(of(other)).extracting(Event::sequence).containsExactly(1, 2);
  }

  @Test
  void keepsTheEventsOfStreamsThatShareAnIdApart() {
    // given
    EventStream shipment = new EventStream("shipment", order);
    OutboxEffect.Publish left =
        new OutboxEffect.Publish(newId(), shipment, 1, "shipment.left", "{}");

    // when
    write(publish(order, 1), left);
    write(publish(order, 2));

    // then
    List<Event> all = of(order);
    assertThat(all)
        .filteredOn(event -> event.stream().equals(shipment))
        .extracting(Event::id)
        .containsExactly(left.eventId());
    assertThat(all)
        .filteredOn(event -> event.stream().equals(OrderEventType.streamOf(order)))
        .extracting(Event::sequence)
        .containsExactly(1, 2);

    // when
    outbox().remove(all.stream().filter(event -> event.stream().equals(shipment)).toList());

    // then
    assertThat(of(order)).extracting(Event::sequence).containsExactly(1, 2);
  }

  @Test
  void keepsNoOrderWhereAStreamHasNone() {
    // given two events of one product, one of them held by another node
    UUID product = newId();
    Fence node = node();
    Fence other = node();
    OutboxEffect.Publish first = updated(product);
    OutboxEffect.Publish second = updated(product);
    OutboxEffect.Publish third = updated(product);
    assertCommitted(commitAs(other, first));
    assertCommitted(commitAs(node, second, third));

    // then: neither waits for the other, and pages go on within the stream
    List<Event> held = held(node.node(), product);
    assertThat(held)
        .extracting(Event::id)
        .containsExactlyInAnyOrder(second.eventId(), third.eventId());
    assertThat(held).allMatch(event -> !event.isOrdered());
    List<Event> page = outbox().held(node.node(), null, 1);
    List<Event> next = outbox().held(node.node(), page.get(0).orderingKey(), 1);
    assertThat(List.of(page.get(0), next.get(0))).containsExactlyElementsOf(held);

    // when
    outbox().remove(page);

    // then
    assertThat(held(node.node(), product)).isEqualTo(next);
    assertThat(held(other.node(), product)).hasSize(1);
  }

  private static OutboxEffect.Publish updated(UUID product) {
    return new OutboxEffect.Publish(
        newId(), new EventStream("product", product), Event.UNORDERED, "product.updated", "{}");
  }

  @Test
  void saysWhichTimeItGave() {
    // given
    OutboxEffect.Publish publish = publish(order, 1);

    // when
    CommitResult.Committed result = (CommitResult.Committed) commit(publish);

    // then: so whoever hands it over from memory has the same event as whoever reads it
    Instant at = Objects.requireNonNull(result.eventsAt());
    assertThat(of(order)).containsExactly(publish.at(at));
  }

  @Test
  void saysWhichTimeItGaveAlsoBesideARefusedWork() {
    // given
    OutboxEffect.Publish publish = publish(order, 1);

    // when
    List<CommitResult> results =
        commitAll(writeSet(new PaymentEffect.RequireApproved(order)), writeSet(publish));

    // then
    assertThat(results.get(0)).isInstanceOf(CommitResult.Refused.class);
    Instant at = Objects.requireNonNull(((CommitResult.Committed) results.get(1)).eventsAt());
    assertThat(of(order)).containsExactly(publish.at(at));
  }

  @Test
  void pagesByOrder() {
    // given: ids that grow, as orders' ids do
    UUID first = newId();
    UUID second = newId();
    UUID third = newId();
    commitAll(
        writeSet(publish(third, 1)),
        writeSet(publish(second, 1)),
        writeSet(publish(first, 1)),
        writeSet(publish(second, 2)),
        writeSet(publish(first, 2)));
    int node = node().node();
    outbox().claim(node, ALL);

    // when
    List<Event> all = outbox().held(node, null, ALL);
    List<Event> afterFirst = outbox().held(node, OrderEventType.streamOf(first), ALL);
    List<Event> page = outbox().held(node, OrderEventType.streamOf(first), 1);

    // then
    assertThat(all)
        .extracting(event -> event.stream().id())
        .containsSubsequence(first, first, second, second, third);
    assertThat(afterFirst)
        .extracting(event -> event.stream().id())
        .containsExactly(second, second, third);
    assertThat(afterFirst).extracting(Event::sequence).containsExactly(1, 2, 1);
    assertThat(page).extracting(event -> event.stream().id()).containsExactly(second);
    assertThat(page).extracting(Event::sequence).containsExactly(1);
    assertThat(outbox().held(node, OrderEventType.streamOf(third), ALL)).isEmpty();
  }

  @Test
  void publishesNothingOfARefusedWork() {
    assertRefused(
        commit(publish(order, 1), new PaymentEffect.RequireApproved(order)),
        1,
        PaymentEffect.PAYMENT_STATE);
    assertThat(of(order)).isEmpty();
  }
}
