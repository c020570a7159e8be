package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.error.Failure;
import com.techcorp.order.Order;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderStatus;
import com.techcorp.order.spi.OrderEffect;
import com.techcorp.order.spi.OrderStore;
import com.techcorp.saga.SagaOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What an {@link OrderStore} promises about orders: their numbers, their lists, how many ended how.
 */
public abstract class OrderStoreContract extends OrderStoreScenario {
  /** For subclasses. */
  protected OrderStoreContract() {}

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
