package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.inventory.ReservationStatus;
import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderRefundStatus;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.testkit.SimulatedCall;
import com.techcorp.testkit.SimulatedCharge;
import com.techcorp.testkit.SimulatedGateway;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A payment that is undecided when the hold runs out: the hold waits for it, and not for ever. */
public abstract class OrderHoldTimeContract extends OrderScenario {
  /** For subclasses. */
  protected OrderHoldTimeContract() {}

  @Test
  @Tag("T05")
  @DisplayName("T05: a hold does not end while the payment is in flight, within the grace")
  void anApprovalAfterTheHoldTimeStillConfirms() {
    UUID product = stocked(5);
    UUID id = paying(SimulatedCharge.approve(), product, 2);

    clock().advance(HOLD.plus(GRACE.dividedBy(2)));

    if (stockSite().isApart()) {
      assertExpiredMeanwhile(id, product);
      return;
    }
    assertReserved(id, ReservationStatus.PENDING);
    assertStock(product, 3, 2);
    gateway.releaseWaiting();
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertReserved(id, ReservationStatus.CONFIRMED);
  }

  /** Nobody prolongs a hold elsewhere while a single call takes that long: the money goes back. */
  private void assertExpiredMeanwhile(UUID id, UUID product) {
    assertReserved(id, ReservationStatus.EXPIRED);
    gateway.releaseWaiting();
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Cancelled.class);
    eventually(() -> assertThat(order(id).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED));
    assertStock(product, 5, 0);
  }

  @Test
  @Tag("T05")
  @DisplayName("T05: a hold is pinned while the provider is asked again and again")
  void anUndecidedPaymentPinsTheHold() {
    UUID id = undecided(stocked(5));

    for (Duration passed = Duration.ZERO;
        passed.compareTo(HOLD.plus(GRACE.dividedBy(2))) < 0;
        passed = passed.plusMinutes(5)) {
      clock().advance(Duration.ofMinutes(5));
      int asked = gateway.calls(SimulatedCall.LOOK_UP);
      eventually(() -> assertThat(gateway.calls(SimulatedCall.LOOK_UP)).isGreaterThan(asked + 1));
    }

    assertReserved(id, ReservationStatus.PENDING);
    gateway.on().every(SimulatedCharge.approve());
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
  }

  /** An order whose requests to the provider are all held up on their way. */
  private UUID undecided(UUID product) {
    gateway.on().every(SimulatedCharge.arriveLate());
    UUID id = place(product, 2).orderId();
    awaitPayment(id, TransactionStatus.UNKNOWN);
    return id;
  }

  @Test
  void atTheCapTheOrderExpiresAndALateChargeGoesBack() {
    gateway = SimulatedGateway.builder().supportsCancel(false).build();
    UUID product = stocked(5);
    UUID id = undecided(product);

    clock().advance(HOLD.plus(GRACE));

    assertThat(outcome(id)).isEqualTo(new OrderOutcome.Cancelled(id, new CancelReason.Expired()));
    assertThat(payment(id).status()).isEqualTo(TransactionStatus.ABANDONED);
    assertGivenBack(id, ReservationStatus.EXPIRED);
    assertStock(product, 5, 0);
    gateway.releaseLate();
    eventually(() -> assertThat(order(id).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED));
    assertThat(gateway.money(id).charges()).isEqualTo(1);
    assertThat(gateway.money(id).kept()).isZero();
    assertThat(payment(id).status()).isEqualTo(TransactionStatus.REFUNDED);
    assertHistory(
        id,
        OrderEventType.CREATED,
        OrderEventType.CANCELLED,
        OrderEventType.PAID,
        OrderEventType.REFUND_REQUESTED,
        OrderEventType.REFUNDED);
    assertPublished(id, "order.cancelled", "payment.confirmed", "payment.refunded");
  }

  @Test
  void atTheCapAProviderThatCanCancelNeverCharges() {
    UUID id = undecided(stocked(5));

    clock().advance(HOLD.plus(GRACE));

    assertThat(outcome(id)).isEqualTo(new OrderOutcome.Cancelled(id, new CancelReason.Expired()));
    awaitPayment(id, TransactionStatus.VOIDED);
    gateway.releaseLate();
    assertThat(gateway.money(id).charges()).isZero();
    assertHistory(id, OrderEventType.CREATED, OrderEventType.CANCELLED);
  }

  @Test
  void anAbandonedChargeIsWatchedUntilItCanNoLongerArrive() {
    gateway =
        SimulatedGateway.builder()
            .supportsCancel(false)
            .requestLifetime(Duration.ofMinutes(10))
            .build();
    UUID id = undecided(stocked(5));
    clock().advance(HOLD.plus(GRACE));
    outcome(id);

    clock().advance(Duration.ofMinutes(9));

    int asked = gateway.calls(SimulatedCall.LOOK_UP);
    eventually(() -> assertThat(gateway.calls(SimulatedCall.LOOK_UP)).isGreaterThan(asked + 1));
    assertThat(payment(id).status()).isEqualTo(TransactionStatus.ABANDONED);
    clock().advance(Duration.ofMinutes(2));
    awaitPayment(id, TransactionStatus.VOIDED);
  }

  @Test
  void aChargeNobodyCouldAskForUntilTheCapGoesBack() {
    gateway.on().every(SimulatedCharge.timeOutAfterCharging());
    gateway.failNext(SimulatedCall.LOOK_UP, Integer.MAX_VALUE);
    UUID id = place(stocked(5), 2).orderId();
    awaitPayment(id, TransactionStatus.UNKNOWN);

    clock().advance(HOLD.plus(GRACE));

    assertThat(outcome(id)).isEqualTo(new OrderOutcome.Cancelled(id, new CancelReason.Expired()));
    awaitPayment(id, TransactionStatus.REFUNDED);
    assertThat(gateway.money(id).charges()).isEqualTo(1);
    assertThat(gateway.money(id).kept()).isZero();
  }

  @Test
  void aChargeThatIsFoundAtTheLastLookStillConfirms() {
    orderOptions =
        orderOptions
            .withPaymentTimeout(Duration.ofSeconds(10))
            .withPaymentRetry(RetryPolicy.every(Duration.ofHours(2), 3));
    gateway.on().every(SimulatedCharge.timeOutAfterCharging());
    UUID id = place(stocked(5), 2).orderId();
    awaitPayment(id, TransactionStatus.UNKNOWN);

    if (stockSite().isApart()) {
      clock().advance(HOLD);
      assertReserved(id, ReservationStatus.EXPIRED); // for nobody looked, and prolonged it
      clock().advance(GRACE);
      assertThat(outcome(id)).isInstanceOf(OrderOutcome.Cancelled.class);
      awaitPayment(id, TransactionStatus.REFUNDED);
      return;
    }
    clock().advance(HOLD.plus(GRACE));

    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
  }
}
