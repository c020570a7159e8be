package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.error.UnavailableException;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.inventory.ReservationResult;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLine;
import com.techcorp.inventory.spi.ReservationAnswer;
import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderRefundStatus;
import com.techcorp.order.OrderStatus;
import com.techcorp.testkit.SimulatedCharge;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stock in another database: what is late, lost, doubled or overtaken on the way ends right. */
public abstract class OrderRemoteInventoryContract extends OrderScenario {
  private static final String PAID = OrderEventType.PAID.routingKey().orElseThrow();
  private static final String SOLD = ReservationAnswer.CONFIRMED.routingKey();

  /** Calls that the inventory neither gets nor answers. */
  private final AtomicBoolean away = new AtomicBoolean();

  /** Whether the inventory is away once it has held something. */
  private final AtomicBoolean awayAfterReserve = new AtomicBoolean();

  private final AtomicInteger lost = new AtomicInteger();
  private RemoteInventory site;

  /** For subclasses. */
  protected OrderRemoteInventoryContract() {}

  @Override
  final InventoryTopology stockSite() {
    return site;
  }

  @BeforeEach
  final void open() {
    site = new RemoteInventory(adapter().inventory().storage());
    site.wire =
        inner ->
            WiredStorage.proxy(
                InventoryReserver.class,
                inner,
                (method, call) -> {
                  if (away.get()) {
                    lost.incrementAndGet();
                    throw new UnavailableException("no answer");
                  }
                  Object answer = call.make();
                  if (method.equals("reserve") && awayAfterReserve.get()) {
                    away.set(true);
                  }
                  return answer;
                });
  }

  private void awaitPaid(UUID order) {
    eventually(
        () ->
            assertThat(storage().orders().events(order))
                .extracting(com.techcorp.order.OrderEvent::type)
                .contains(OrderEventType.PAID));
    eventually(() -> assertThat(shop().inFlight()).isZero());
  }

  private void assertMoneyWentBack(UUID order) {
    eventually(() -> assertThat(order(order).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED));
    assertThat(gateway.money(order).kept()).isZero();
  }

  @Test
  void aTimeOutThatMeetsASaleGoesForward() {
    // given: sold, and the answer is on its way
    site.slow.add(SOLD);
    UUID product = stocked(5);
    UUID id = place(product, 2).orderId();
    eventually(() -> assertThat(site.onTheirWay()).hasSize(1));
    assertThat(order(id).status()).isEqualTo(OrderStatus.CREATED);

    // when
    clock().advance(orderOptions.inventory().confirmWithin());

    // then
    assertThat(outcome(id)).isEqualTo(new OrderOutcome.Confirmed(id));
    site.deliver();
    assertReserved(id, ReservationStatus.CONFIRMED);
    assertStock(product, 3, 0);
    assertHistory(id, OrderEventType.CREATED, OrderEventType.PAID, OrderEventType.CONFIRMED);
  }

  @Test
  void aTimeOutThatCancelsFirstKeepsALateSaleOut() {
    // given: paid, and the inventory does not know it yet
    site.slow.add(PAID);
    UUID product = stocked(5);
    UUID id = place(product, 2).orderId();
    awaitPaid(id);

    // when
    clock().advance(orderOptions.inventory().confirmWithin());

    // then
    assertThat(outcome(id)).isEqualTo(new OrderOutcome.Cancelled(id, new CancelReason.Expired()));
    site.deliver();
    assertReserved(id, ReservationStatus.RELEASED);
    assertStock(product, 5, 0);
    assertMoneyWentBack(id);
  }

  @Test
  void aCancelThatOvertakesItsReserveKeepsItOut() {
    // given: a reservation that nobody answers
    UUID product = stocked(5);
    away.set(true);
    UUID id = place(product, 2).orderId();
    eventually(() -> assertThat(lost.get()).isGreaterThan(1));

    // when: it is given up, and the inventory is back
    clock().advance(orderOptions.inventory().reserveWithin());
    assertThat(outcome(id)).isEqualTo(new OrderOutcome.Cancelled(id, new CancelReason.Expired()));
    away.set(false);
    eventually(
        () -> assertThat(shop().admin().list(com.techcorp.saga.SagaFilter.all(5))).isEmpty());

    // then the first attempt arrives, at last
    ReservationResult late =
        site.inventory().reserve(id, List.of(new StockLine(product, 2)), Duration.ofMinutes(15));
    assertThat(late).isInstanceOf(ReservationResult.Refused.class);
    assertStock(product, 5, 0);
    assertThat(gateway.calls(com.techcorp.testkit.SimulatedCall.CHARGE)).isZero();
  }

  @Test
  void aPaymentThatIsToldTwiceSellsOnce() {
    site.slow.add(PAID);
    UUID product = stocked(5);
    UUID id = place(product, 2).orderId();
    eventually(() -> assertThat(site.onTheirWay()).hasSize(1));
    var paid = site.onTheirWay().get(0);

    site.deliver();
    site.arrive(paid);

    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
    site.arrive(paid);
    assertStock(product, 3, 0);
  }

  @Test
  void aDeclinedOrderIsCancelledAlthoughTheInventoryIsAway() {
    // given
    UUID product = stocked(5);
    UUID id = paying(SimulatedCharge.decline("insufficient_funds"), product, 2);
    away.set(true);

    // when
    gateway.releaseWaiting();

    // then
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Cancelled.class);
    assertThat(reservations(id).get(0).status()).isEqualTo(ReservationStatus.PENDING);
    away.set(false);
    assertReserved(id, ReservationStatus.RELEASED);
    assertStock(product, 5, 0);
  }

  @Test
  void aConfirmedOrderIsCancelledAlthoughTheInventoryIsAway() {
    // given
    UUID product = stocked(5);
    UUID id = confirmed(product, 2);
    away.set(true);

    // when
    shop().orders().cancel(customer, id, "changed my mind");

    // then
    assertThat(order(id).status()).isEqualTo(OrderStatus.CANCELLED);
    assertMoneyWentBack(id);
    assertThat(reservations(id).get(0).status()).isEqualTo(ReservationStatus.CONFIRMED);
    away.set(false);
    assertReserved(id, ReservationStatus.REVERSED);
    assertStock(product, 5, 0);
  }

  @Test
  void aWishToCancelDoesNotWaitForTheInventorysAnswer() {
    // given
    site.slow.add(PAID);
    UUID product = stocked(5);
    UUID id = place(product, 2).orderId();
    awaitPaid(id);

    // when
    shop().orders().cancel(customer, id, "changed my mind");

    // then
    assertThat(outcome(id))
        .isEqualTo(new OrderOutcome.Cancelled(id, new CancelReason.CancelledByRequest()));
    assertReserved(id, ReservationStatus.RELEASED);
    site.deliver();
    assertReserved(id, ReservationStatus.RELEASED);
    assertMoneyWentBack(id);
  }

  @Test
  void anOperatorMayForceASaleThatTheInventoryConfirms() {
    // given
    site.slow.add(PAID);
    UUID product = stocked(5);
    UUID id = place(product, 2).orderId();
    awaitPaid(id);

    // when
    shop().admin().forceComplete(id, "olga", "the broker is being repaired");

    // then
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertReserved(id, ReservationStatus.CONFIRMED);
    site.deliver();
    assertStock(product, 3, 0);
  }

  @Test
  void aFreeOrderIsSoldByACall() {
    // given: payment.confirmed would never arrive
    site.slow.add(PAID);
    UUID product = sample(5);

    UUID id = confirmed(product, 2);

    assertReserved(id, ReservationStatus.CONFIRMED);
    assertStock(product, 3, 0);
    assertHistory(id, OrderEventType.CREATED, OrderEventType.CONFIRMED);
  }

  @Test
  void aFreeOrderWhoseInventoryGoesAwayIsCancelledInTime() {
    // given: held, and then nobody answers any more
    UUID product = sample(5);
    awayAfterReserve.set(true);
    UUID id = place(product, 2).orderId();
    eventually(() -> assertThat(lost.get()).isGreaterThan(1));

    // when
    clock().advance(orderOptions.inventory().confirmWithin());

    // then
    assertThat(outcome(id)).isEqualTo(new OrderOutcome.Cancelled(id, new CancelReason.Expired()));
    awayAfterReserve.set(false);
    away.set(false);
    assertReserved(id, ReservationStatus.RELEASED);
    assertStock(product, 5, 0);
    assertHistory(id, OrderEventType.CREATED, OrderEventType.CANCELLED);
  }

  private UUID sample(long units) {
    UUID product = stocked(units);
    catalog.put(new com.techcorp.catalog.Product(product, "Free sample", 0, "BRL", 2));
    return product;
  }

  @Test
  void whoWaitsForTheInventoryIsExplained() {
    site.slow.add(PAID);
    UUID id = place(stocked(5), 2).orderId();
    awaitPaid(id);

    assertThat(shop().admin().explain(id).text())
        .contains("step sell", "has not answered payment.confirmed yet");

    site.deliver();
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
  }
}
