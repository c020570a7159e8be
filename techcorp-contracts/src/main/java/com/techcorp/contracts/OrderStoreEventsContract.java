package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.json.JsonObject;
import com.techcorp.order.Order;
import com.techcorp.order.OrderEvent;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderHistory;
import com.techcorp.order.OrderStatus;
import com.techcorp.order.spi.OrderEffect;
import com.techcorp.order.spi.OrderStore;
import com.techcorp.storage.CommitResult;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an {@link OrderStore} promises about an order's events. */
public abstract class OrderStoreEventsContract extends OrderStoreScenario {
  /** For subclasses. */
  protected OrderStoreEventsContract() {}

  @Test
  void appendsEventsAndKeepsTheRowAsItsFold() {
    // given
    OrderFixture order = placed();
    List<OrderEffect.Append> events =
        List.of(
            order.next(OrderEventType.PAID, "{\"amount\":4498}"),
            order.next(OrderEventType.CONFIRMED, "{}"),
            order.next(OrderEventType.CANCELLED, "{\"reason\":\"REQUESTED\"}"),
            order.next(OrderEventType.REFUND_REQUESTED, "{\"amount\":4498}"),
            order.next(OrderEventType.REFUNDED, "{\"amount\":4498}"));

    for (OrderEffect.Append event : events) {
      // when
      advance(STEP);
      write(event);

      // then
      Order row = orders().find(order.id).orElseThrow();
      assertThat(row.head()).isEqualTo(event.head());
      assertThat(new OrderHistory(order.id, orders().events(order.id)).replay()).isEqualTo(row);
      assertThat(row.updatedAt()).isAfter(row.createdAt());
    }
    assertThat(orders().events(order.id))
        .extracting(OrderEvent::seq)
        .containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void appendsSeveralEventsInOneWork() {
    // given
    OrderFixture order = OrderFixture.of(orders());

    // when
    write(
        order.create(),
        order.next(OrderEventType.PAID, "{}"),
        order.next(OrderEventType.CONFIRMED, "{}"));

    // then
    assertThat(orders().events(order.id))
        .extracting(OrderEvent::type)
        .containsExactly(OrderEventType.CREATED, OrderEventType.PAID, OrderEventType.CONFIRMED);
    assertThat(orders().find(order.id))
        .hasValueSatisfying(row -> assertThat(row.status()).isEqualTo(OrderStatus.CONFIRMED));
  }

  @Test
  void linksEventsByHashes() {
    // given
    OrderFixture first = placed();
    OrderFixture second = placed();

    // when
    for (OrderFixture order : List.of(first, second)) {
      write(order.next(OrderEventType.PAID, "{}"), order.next(OrderEventType.CONFIRMED, "{}"));
    }

    // then: equal facts of different orders and places have different hashes
    List<String> hashes =
        Stream.of(first, second)
            .flatMap(order -> orders().events(order.id).stream())
            .map(OrderEvent::hash)
            .toList();
    assertThat(hashes).hasSize(6).doesNotHaveDuplicates();
    assertThat(hashes).allSatisfy(hash -> assertThat(hash).matches("[0-9a-f]{64}"));
  }

  @Test
  void keepsTheFactsOfAnEvent() {
    // given
    OrderFixture order = placed();
    String facts =
        "{\"z\":1,\"a\":{\"text\":\"Grüße, \\\"世界\\\"\",\"none\":null},\"list\":[9007199254740993,true]}";

    // when
    write(order.next(OrderEventType.PAID, facts));

    // then
    JsonObject stored = orders().events(order.id).get(1).data();
    assertThat(stored).isEqualTo(JsonObject.parse(facts));
    assertThat(JsonObject.parse(stored.toString())).isEqualTo(stored);
  }

  @Test
  void refusesAnEventThatDoesNotFollowTheLastOne() {
    // given
    OrderFixture order = placed();
    OrderEffect.Append paid = order.next(OrderEventType.PAID, "{}");
    OrderEffect.Append confirmed = order.next(OrderEventType.CONFIRMED, "{}");

    // when, then
    assertRefused(commit(confirmed), 0, OrderEffect.ORDER_MOVED);
    write(paid);
    assertRefused(commit(paid), 0, OrderEffect.ORDER_MOVED);
    write(confirmed);
    assertThat(orders().events(order.id)).hasSize(3);
  }

  @Test
  void refusesAnEventOfAnUnknownOrder() {
    OrderFixture order = OrderFixture.of(orders());
    assertRefused(commit(order.next(OrderEventType.PAID, "{}")), 0, OrderEffect.ORDER_MOVED);
    assertThat(orders().events(order.id)).isEmpty();
  }

  @Test
  void letsOneOfManyAppend() throws Exception {
    // given
    OrderFixture order = placed();
    OrderEffect.Append cancelled = order.peek(OrderEventType.CANCELLED, "{\"reason\":\"EXPIRED\"}");

    // when
    List<CommitResult> results = Threads.together(6, thread -> () -> commit(cancelled));

    // then
    assertThat(results).filteredOn(CommitResult.Committed.class::isInstance).hasSize(1);
    assertThat(orders().events(order.id)).hasSize(2);
  }
}
