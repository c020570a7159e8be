package com.techcorp.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.Outbox;
import com.techcorp.messaging.OutboxEffect;
import com.techcorp.payment.PaymentEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an {@link Outbox} and the outbox effects promise. */
public abstract class OutboxContract extends StorageContract {
  private static final int ALL = 100_000;
  private static final Duration DAYS = Duration.ofDays(2);

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
    return new OutboxEffect.Publish(id, order, sequence, "order.confirmed", payload);
  }

  private List<Event> of(UUID orderId) {
    return outbox().oldest(null, ALL).stream()
        .filter(event -> event.orderId().equals(orderId))
        .toList();
  }

  /** The relay's lease, whoever had it in another test. */
  private UUID relay() {
    UUID relay = newId();
    advance(DAYS);
    assertThat(outbox().hold(relay, LEASE)).isTrue();
    return relay;
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
        .returns(order, Event::orderId)
        .returns(1, Event::sequence)
        .returns("order.confirmed", Event::type);
    assertThat(event.payload().path("event_id").asText()).isEqualTo(publish.eventId().toString());
    assertThat(event.payload().path("items").path(0).path("quantity").asInt()).isEqualTo(2);
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
        of(order).stream().map(event -> event.payload().path("timestamp").asText()).toList();
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
    commitAll(work(publish(other, 1)), work(publish(order, 3)), work(publish(other, 2)));
    write(publish(order, 4));

    // then
    assertThat(of(order)).extracting(Event::sequence).containsExactly(1, 2, 3, 4);
    assertThat(of(other)).extracting(Event::sequence).containsExactly(1, 2);
    assertThat(outbox().oldest(null, 1)).hasSize(1);
  }

  @Test
  void pagesByOrder() {
    // given: ids that grow, as orders' ids do
    UUID first = newId();
    UUID second = newId();
    UUID third = newId();
    commitAll(
        work(publish(third, 1)),
        work(publish(second, 1)),
        work(publish(first, 1)),
        work(publish(second, 2)),
        work(publish(first, 2)));

    // when
    List<Event> all = outbox().oldest(null, ALL);
    List<Event> afterFirst = outbox().oldest(first, ALL);
    List<Event> page = outbox().oldest(first, 1);

    // then
    assertThat(all)
        .extracting(Event::orderId)
        .containsSubsequence(first, first, second, second, third);
    assertThat(afterFirst).extracting(Event::orderId).containsExactly(second, second, third);
    assertThat(afterFirst).extracting(Event::sequence).containsExactly(1, 2, 1);
    assertThat(page).extracting(Event::orderId).containsExactly(second);
    assertThat(page).extracting(Event::sequence).containsExactly(1);
    assertThat(outbox().oldest(third, ALL)).isEmpty();
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
  void letsOneRelayHoldTheOutbox() {
    // given
    UUID relay = relay();
    UUID other = newId();

    // when, then
    assertThat(outbox().hold(other, LEASE)).isFalse();
    advance(LEASE.minusSeconds(1));
    assertThat(outbox().hold(relay, LEASE)).isTrue();
    advance(LEASE.minusSeconds(1));
    assertThat(outbox().hold(other, LEASE)).isFalse();
    advance(Duration.ofSeconds(1));
    assertThat(outbox().hold(other, LEASE)).isTrue();
    assertThat(outbox().hold(relay, LEASE)).isFalse();
  }

  @Test
  void givesTheLeaseUpForAnyoneToTake() {
    UUID relay = relay();
    assertThat(outbox().hold(relay, Duration.ZERO)).isTrue();
    assertThat(outbox().published(relay, List.of())).isFalse();
    assertThat(outbox().hold(newId(), LEASE)).isTrue();
    assertThat(outbox().hold(relay, LEASE)).isFalse();
  }

  @Test
  void letsOneOfManyRelaysHoldTheOutbox() throws Exception {
    advance(DAYS);
    List<Boolean> held = Threads.together(6, thread -> () -> outbox().hold(newId(), LEASE));
    assertThat(held).containsOnlyOnce(true);
  }

  @Test
  void removesWhatWasPublished() {
    // given
    UUID relay = relay();
    write(publish(order, 1), publish(order, 2));
    Event first = of(order).get(0);

    // when
    boolean removed = outbox().published(relay, List.of(first));

    // then
    assertThat(removed).isTrue();
    assertThat(of(order)).extracting(Event::sequence).containsExactly(2);
    assertThat(outbox().published(relay, List.of(first))).as("what is gone already").isTrue();
    assertThat(outbox().published(relay, List.of())).isTrue();
  }

  @Test
  void removesNothingForARelayThatLostItsLease() {
    // given
    UUID relay = relay();
    write(publish(order, 1));
    List<Event> events = of(order);

    // when, then
    assertThat(outbox().published(newId(), events)).isFalse();
    advance(LEASE);
    assertThat(outbox().published(relay, events)).isFalse();
    assertThat(outbox().hold(newId(), LEASE)).isTrue();
    assertThat(outbox().published(relay, events)).isFalse();
    assertThat(of(order)).hasSize(1);
  }

  @Test
  void tellsHowMuchWaitsAndForHowLong() {
    // given: nothing else
    UUID relay = relay();
    outbox().published(relay, outbox().oldest(null, ALL));
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
