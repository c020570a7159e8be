package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.error.Failure;
import com.techcorp.json.JsonObject;
import com.techcorp.order.Order;
import com.techcorp.order.OrderEvent;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderHistory;
import com.techcorp.order.OrderStatus;
import com.techcorp.order.spi.OrderEffect;
import com.techcorp.order.spi.OrderStore;
import com.techcorp.saga.SagaOutcome;
import com.techcorp.storage.CommitResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an {@link OrderStore} and the order effects promise. */
public abstract class OrderStoreContract extends StorageContract {
  private static final Duration STEP = Duration.ofMinutes(1);

  /** For subclasses. */
  protected OrderStoreContract() {}

  private OrderStore orders() {
    return storage().orders();
  }

  private OrderFixture placed() {
    OrderFixture order = OrderFixture.of(orders());
    write(order.create());
    return order;
  }

  @Test
  void findsAnOrderByIdAndNumber() {
    // given
    OrderFixture fixture = OrderFixture.of(orders());
    OrderEffect.Create create = fixture.create();

    // when
    write(create);

    // then
    Order order = orders().find(fixture.id).orElseThrow();
    assertThat(order.orderNumber()).isEqualTo(fixture.number);
    assertThat(order.userId()).isEqualTo(fixture.userId);
    assertThat(order.cartId()).isEqualTo(create.cartId());
    assertThat(order.shippingAddressId()).isEqualTo(create.shippingAddressId());
    assertThat(order.amount()).isEqualTo(4_498);
    assertThat(order.currency()).isEqualTo("EUR");
    assertThat(order.status()).isEqualTo(OrderStatus.CREATED);
    assertThat(order.lines()).isEqualTo(create.lines());
    assertThat(order.updatedAt()).isEqualTo(order.createdAt());
    assertThat(orders().findByNumber(fixture.number)).contains(order);
  }

  @Test
  void findsNothingForUnknownIdsAndNumbers() {
    assertThat(orders().find(newId())).isEmpty();
    assertThat(orders().findByNumber("TC-1999-000001")).isEmpty();
    assertThat(orders().events(newId())).isEmpty();
    assertThat(orders().ofCustomer(newId(), 10)).isEmpty();
  }

  @Test
  void refusesASecondOrderOfTheSameId() {
    // given
    OrderFixture order = placed();
    OrderFixture other = OrderFixture.of(orders());
    OrderEffect.Create create = other.create();
    OrderEffect.Create same =
        new OrderEffect.Create(
            order.id,
            create.orderNumber(),
            create.userId(),
            create.cartId(),
            create.shippingAddressId(),
            create.total(),
            create.lines(),
            create.data(),
            create.holdToken());

    // when, then
    assertRefused(commit(same), 0, OrderEffect.ORDER_MOVED);
    assertThat(orders().findByNumber(other.number)).isEmpty();
  }

  @Test
  void refusesANumberOfAnotherYear() {
    // given
    OrderStore.NumberBlock block = orders().reserveNumbers(1).get(0);
    OrderFixture late = new OrderFixture(newId(), OrderFixture.number(block.year(), block.first()));

    // when
    advance(Duration.ofDays(366)); // from any day, into the next year

    // then
    assertRefused(commit(late.create()), 0, OrderEffect.STALE_NUMBER);
    assertThat(orders().find(late.id)).isEmpty();
    assertThat(orders().reserveNumbers(1).get(0).year()).isEqualTo(block.year() + 1);
    assertCommitted(commit(OrderFixture.of(orders()).create()));
  }

  @Test
  void reservesEachNumberOnce() throws Exception {
    // when
    List<List<OrderStore.NumberBlock>> blocks =
        Threads.together(
            4,
            thread ->
                () ->
                    IntStream.rangeClosed(1, 10)
                        .mapToObj(count -> orders().reserveNumbers(count))
                        .flatMap(List::stream)
                        .toList());

    // then
    List<Long> numbers =
        blocks.stream()
            .flatMap(List::stream)
            .flatMapToLong(block -> LongStream.range(block.first(), block.first() + block.count()))
            .boxed()
            .toList();
    assertThat(numbers).hasSizeGreaterThanOrEqualTo(4 * 55).doesNotHaveDuplicates();
    assertThat(numbers).allSatisfy(number -> assertThat(number).isPositive());
  }

  @Test
  void listsACustomersOrdersNewestFirst() {
    // given
    UUID customer = newId();
    List<OrderFixture> fixtures =
        Stream.generate(() -> OrderFixture.of(orders(), customer)).limit(3).toList();

    // when
    for (OrderFixture fixture : fixtures) {
      write(fixture.create());
      advance(STEP);
    }
    placed();

    // then
    assertThat(orders().ofCustomer(customer, 10))
        .extracting(Order::id)
        .containsExactly(fixtures.get(2).id, fixtures.get(1).id, fixtures.get(0).id);
    assertThat(orders().ofCustomer(customer, 2))
        .extracting(Order::id)
        .containsExactly(fixtures.get(2).id, fixtures.get(1).id);
  }

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

  @Test
  void tellsHowOrdersEnded() {
    // given
    OrderFixture open = placed();
    OrderFixture confirmed = placed();
    OrderFixture shipped = placed();
    OrderFixture outOfStock = placed();
    OrderFixture expired = placed();

    // when
    write(confirmed.next(OrderEventType.CONFIRMED, "{}"));
    write(shipped.next(OrderEventType.CONFIRMED, "{}"), shipped.next(OrderEventType.SHIPPED, "{}"));
    write(
        outOfStock.next(
            OrderEventType.CANCELLED, "{\"reason\":\"OUT_OF_STOCK\",\"detail\":\"p1\"}"));
    write(expired.next(OrderEventType.CANCELLED, "{\"reason\":\"EXPIRED\"}"));

    // then
    Map<UUID, SagaOutcome> outcomes =
        orders()
            .outcomes(
                List.of(open.id, confirmed.id, shipped.id, outOfStock.id, expired.id, newId()));
    assertThat(outcomes)
        .containsOnlyKeys(confirmed.id, shipped.id, outOfStock.id, expired.id)
        .containsEntry(confirmed.id, new SagaOutcome(null))
        .containsEntry(shipped.id, new SagaOutcome(null))
        .hasEntrySatisfying(
            outOfStock.id,
            ended ->
                assertThat(ended.failure())
                    .returns("OUT_OF_STOCK", Failure::code)
                    .returns(Map.of("detail", "p1"), Failure::details))
        .hasEntrySatisfying(
            expired.id,
            ended ->
                assertThat(ended.failure())
                    .returns("EXPIRED", Failure::code)
                    .returns(Map.of(), Failure::details));
    assertThat(orders().outcomes(List.of())).isEmpty();
  }
}
