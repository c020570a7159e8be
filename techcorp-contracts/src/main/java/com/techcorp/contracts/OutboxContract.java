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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link Outbox} and the outbox effects promise. */
public abstract class OutboxContract extends StorageContract {
  private static final int ALL = 100_000;

  private final UUID order = newId();

  /** For subclasses. */
  protected OutboxContract() {}

  private Outbox outbox() {
    return storage().outbox();
  }

  private static OutboxEffect.Publish publish(UUID order, int sequence) {
    UUID id = newId();
    String payload =
        "{\"event\":\"order.confirmed\",\"event_id\":\"%s\",\"order_id\":\"%s\",\"sequence\":%d,\"items\":[{\"quantity\":2}]}"
            .formatted(id, order, sequence);
    return new OutboxEffect.Publish(
        id, OrderEventType.streamOf(order), sequence, "order.confirmed", payload);
  }

  private Fence node() {
    return storage().nodes().register("contract", LEASE);
  }

  private List<Event> held(int node, UUID orderId) {
    return outbox().held(node, null, ALL).stream()
        .filter(event -> event.stream().id().equals(orderId))
        .toList();
  }

  /** All of an order that nobody holds, for a node that is made for it. */
  private List<Event> of(UUID orderId) {
    Fence node = node();
    outbox().claim(node.node(), ALL);
    List<Event> events = held(node.node(), orderId);
    storage().nodes().retire(node);
    return events;
  }

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

  @Test
  void givesAnEventToTheNodeThatWroteIt() {
    // given
    Fence writer = node();
    int other = node().node();

    // when
    assertCommitted(commitAs(writer, publish(order, 1)));
    outbox().claim(other, ALL);

    // then
    assertThat(held(writer.node(), order)).hasSize(1);
    assertThat(held(other, order)).isEmpty();
  }

  @Test
  void letsANodeTakeWhatNobodyHolds() {
    // given
    write(publish(order, 1));
    int node = node().node();
    assertThat(held(node, order)).isEmpty();

    // when
    int claimed = outbox().claim(node, ALL);

    // then
    assertThat(claimed).isPositive();
    assertThat(held(node, order)).hasSize(1);
    assertThat(outbox().claim(node, ALL)).as("again").isZero();
  }

  @Test
  void letsANodeTakeWhatANodeThatIsGoneHeld() {
    // given
    Fence writer = node();
    int other = node().node();
    assertCommitted(commitAs(writer, publish(order, 1), publish(order, 2)));

    // when
    storage().nodes().retire(writer);
    outbox().claim(other, ALL);

    // then
    assertThat(held(other, order)).extracting(Event::sequence).containsExactly(1, 2);
    assertThat(held(writer.node(), order)).isEmpty();
  }

  @Test
  void takesFromANodeWhatItHasHeldForLong() {
    // given
    Fence writer = node();
    int other = node().node();
    assertCommitted(commitAs(writer, publish(order, 1)));
    advance(Duration.ofMillis(100));

    // when
    int tooYoung = outbox().release(writer.node(), Duration.ofHours(1));
    int others = outbox().release(other, Duration.ofMillis(50));
    int released = outbox().release(writer.node(), Duration.ofMillis(50));

    // then
    assertThat(tooYoung).isZero();
    assertThat(others).isZero();
    assertThat(released).isOne();
    assertThat(held(writer.node(), order)).isEmpty();
    assertThat(outbox().claim(other, ALL)).isPositive();
    assertThat(held(other, order)).hasSize(1);
  }

  @Test
  void takesNoMoreThanItIsTold() {
    // given
    outbox().claim(node().node(), ALL);
    write(publish(order, 1), publish(order, 2), publish(order, 3));
    int node = node().node();

    // when, then
    assertThat(outbox().claim(node, 2)).isEqualTo(2);
    assertThat(held(node, order)).extracting(Event::sequence).containsExactly(1, 2);
    assertThat(outbox().claim(node, 2)).isEqualTo(1);
  }

  @Test
  void leavesOutWhatIsBehindAnEventThatAnotherNodeHolds() {
    // given
    Fence first = node();
    Fence second = node();
    assertCommitted(commitAs(first, publish(order, 1)));
    assertCommitted(commitAs(second, publish(order, 2)));

    // when, then
    assertThat(held(first.node(), order)).extracting(Event::sequence).containsExactly(1);
    assertThat(held(second.node(), order)).isEmpty();

    // when the first was published
    outbox().remove(held(first.node(), order));

    // then
    assertThat(held(second.node(), order)).extracting(Event::sequence).containsExactly(2);
  }

  @Test
  void leavesOutWhatIsBehindAnEventThatNobodyHolds() {
    // given
    Fence node = node();
    write(publish(order, 1));
    assertCommitted(commitAs(node, publish(order, 2)));

    // when, then
    assertThat(held(node.node(), order)).isEmpty();
    outbox().claim(node.node(), ALL);
    assertThat(held(node.node(), order)).extracting(Event::sequence).containsExactly(1, 2);
  }

  @Test
  void givesEachEventToOneOfManyNodes() throws Exception {
    // given
    for (int i = 0; i < 200; i++) {
      write(publish(newId(), 1));
    }
    outbox().claim(node().node(), ALL);
    List<UUID> orders = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      UUID each = newId();
      orders.add(each);
      write(publish(each, 1), publish(each, 2));
    }
    List<Integer> nodes = Stream.generate(() -> node().node()).limit(6).toList();

    // when
    Threads.together(
        6,
        thread ->
            () -> {
              while (outbox().claim(nodes.get(thread), 7) > 0) {
                // more
              }
              return true;
            });
    nodes.forEach(node -> outbox().claim(node, ALL)); // what all stepped over at once

    // then
    List<UUID> held =
        nodes.stream()
            .flatMap(node -> outbox().held(node, null, ALL).stream())
            .map(Event::id)
            .toList();
    assertThat(held).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(2 * orders.size());
    assertThat(orders)
        .allSatisfy(
            each ->
                assertThat(nodes.stream().flatMap(node -> held(node, each).stream()))
                    .as("published in sequence by whoever holds the first")
                    .isNotEmpty());
  }

  @Test
  void removesWhatWasPublished() {
    // given
    Fence node = node();
    assertCommitted(commitAs(node, publish(order, 1), publish(order, 2)));
    Event first = held(node.node(), order).get(0);

    // when
    outbox().remove(List.of(first));
    outbox().remove(List.of(first)); // what is gone already
    outbox().remove(List.of());

    // then
    assertThat(held(node.node(), order)).extracting(Event::sequence).containsExactly(2);
  }

  @Test
  @Tag("T25")
  @DisplayName("T25: an event that was committed late is found among younger ones")
  void findsAnEventThatWasCommittedLate() {
    // given an older order's event, committed when a younger order's is gone already
    UUID older = newId();
    UUID younger = newId();
    Fence node = node();
    assertCommitted(commitAs(node, publish(younger, 1)));
    outbox().remove(held(node.node(), younger));

    // when
    assertCommitted(commitAs(node, publish(older, 1)));

    // then
    assertThat(held(node.node(), older)).hasSize(1);
  }

  @Test
  void tellsHowMuchWaitsAndForHowLong() {
    // given: nothing else
    advance(LEASE.plusSeconds(1));
    while (storage().nodes().retireLapsed() > 0) {
      // those of other tests
    }
    int node = node().node();
    outbox().claim(node, ALL);
    outbox().remove(outbox().held(node, null, ALL));
    assertThat(outbox().backlog()).isEqualTo(new Outbox.Backlog(0, Duration.ZERO));

    // when
    write(publish(order, 1));
    advance(TTL);
    write(publish(order, 2));

    // then
    assertThat(outbox().backlog().events()).isEqualTo(2);
    assertThat(outbox().backlog().age()).isBetween(TTL, TTL.plusMinutes(1));
  }
}
