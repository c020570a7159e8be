package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.IllegalTransitionException;
import com.techcorp.error.InvalidInputException;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.order.CancelReason;
import com.techcorp.order.Order;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.OrderRefundStatus;
import com.techcorp.order.OrderStatus;
import com.techcorp.order.PlaceOrder;
import com.techcorp.payment.Refund;
import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.Signal;
import com.techcorp.testkit.SimulatedCall;
import com.techcorp.testkit.SimulatedCharge;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A caller changes their mind, at every moment of an order. */
public abstract class OrderCancellationContract extends OrderScenario {
  /** For subclasses. */
  protected OrderCancellationContract() {}

  private OrderReceipt cancel(UUID id) {
    return shop().orders().cancel(customer, id, "changed my mind");
  }

  private static OrderOutcome byRequest(UUID id) {
    return new OrderOutcome.Cancelled(id, new CancelReason.CancelledByRequest());
  }

  @Test
  void beforeAnythingWasSentNothingIsCharged() {
    UUID product = stocked(5);
    orderOptions = waitingForMinutes();
    gateway.failNext(SimulatedCall.CHARGE, Integer.MAX_VALUE);
    UUID id = place(product, 2).orderId();
    eventually(() -> assertThat(gateway.calls(SimulatedCall.CHARGE)).isEqualTo(1));

    OrderReceipt cancelled = cancel(id);

    assertThat(outcome(cancelled)).isEqualTo(byRequest(id));
    assertThat(order(id).cancelDetail()).isEqualTo("changed my mind");
    assertThat(payment(id).status()).isEqualTo(TransactionStatus.VOIDED);
    assertReserved(id, ReservationStatus.RELEASED);
    assertStock(product, 5, 0);
    assertThat(gateway.money(id).charges()).isZero();
    assertPublished(id, "order.cancelled");
  }

  /** Nothing is tried again by itself while a test looks on. */
  private com.techcorp.order.OrderOptions waitingForMinutes() {
    return orderOptions
        .withPaymentTimeout(Duration.ofSeconds(10))
        .withPaymentRetry(RetryPolicy.every(Duration.ofMinutes(10), 3));
  }

  @Test
  void duringThePaymentAnApprovalIsRefunded() {
    UUID product = stocked(5);
    UUID id = paying(SimulatedCharge.approve(), product, 2);

    OrderReceipt cancelled = cancel(id);

    assertThat(order(id).status()).isEqualTo(OrderStatus.CREATED);
    assertThat(shop().admin().explain(id).signals())
        .containsExactly(new Signal(Signal.Kind.CANCEL, "changed my mind", customer.toString()));
    gateway.releaseWaiting();
    assertThat(outcome(cancelled)).isEqualTo(byRequest(id));
    eventually(() -> assertThat(order(id).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED));
    assertGivenBack(id, ReservationStatus.RELEASED);
    assertStock(product, 5, 0);
    assertThat(gateway.money(id).charges()).isEqualTo(1);
    assertThat(gateway.money(id).kept()).isZero();
    assertPublished(id, "payment.confirmed", "order.cancelled", "payment.refunded");
  }

  @Test
  void duringThePaymentADeclineIsJustCancelled() {
    UUID id = paying(SimulatedCharge.decline("insufficient_funds"), stocked(5), 2);

    OrderReceipt cancelled = cancel(id);

    gateway.releaseWaiting();
    assertThat(outcome(cancelled)).isEqualTo(byRequest(id));
    assertThat(payment(id).status()).isEqualTo(TransactionStatus.DECLINED);
    assertThat(reversal()).isEmpty();
    assertReserved(id, ReservationStatus.RELEASED);
    assertHistory(id, OrderEventType.CREATED, OrderEventType.CANCELLED);
  }

  @Test
  void anUndecidedPaymentIsAskedForAndThenGivenUp() {
    UUID product = stocked(5);
    orderOptions = waitingForMinutes();
    gateway.on().every(SimulatedCharge.arriveLate());
    UUID id = place(product, 2).orderId();
    awaitPayment(id, TransactionStatus.UNKNOWN);

    int sent = gateway.calls(SimulatedCall.CHARGE);

    OrderReceipt cancelled = cancel(id);

    assertThat(outcome(cancelled)).isEqualTo(byRequest(id));
    assertThat(gateway.calls(SimulatedCall.CHARGE))
        .as("sent after the wish to stop")
        .isEqualTo(sent);
    assertThat(gateway.calls(SimulatedCall.CHARGE, payment(id).id().toString())).isEqualTo(sent);
    assertStock(product, 5, 0);
    awaitPayment(id, TransactionStatus.VOIDED);
    gateway.releaseLate();
    assertThat(gateway.money(id).charges()).isZero();
  }

  @Test
  void anUndecidedPaymentThatWasChargedIsFoundAndRefunded() {
    orderOptions = waitingForMinutes();
    gateway.on().every(SimulatedCharge.loseAnswer());
    UUID id = place(stocked(5), 2).orderId();
    awaitPayment(id, TransactionStatus.UNKNOWN);

    OrderReceipt cancelled = cancel(id);

    assertThat(outcome(cancelled)).isEqualTo(byRequest(id));
    eventually(() -> assertThat(order(id).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED));
    assertThat(gateway.money(id).kept()).isZero();
  }

  @Test
  void aConfirmedOrderIsTakenBack() {
    UUID product = stocked(5);
    UUID id = confirmed(product, 2);

    OrderReceipt cancelled = cancel(id);

    assertThat(outcome(cancelled)).isEqualTo(byRequest(id));
    assertThat(order(id).status()).isEqualTo(OrderStatus.CANCELLED);
    assertReserved(id, ReservationStatus.REVERSED);
    assertStock(product, 5, 0);
    eventually(
        () ->
            assertThat(refunds(id))
                .extracting(Refund::status)
                .containsExactly(RefundStatus.SUCCEEDED));
    assertThat(gateway.money(id).kept()).isZero();
    assertPublished(
        id, "payment.confirmed", "order.confirmed", "order.cancelled", "payment.refunded");
    assertHistory(
        id,
        OrderEventType.CREATED,
        OrderEventType.PAID,
        OrderEventType.CONFIRMED,
        OrderEventType.CANCELLED,
        OrderEventType.REFUND_REQUESTED,
        OrderEventType.REFUNDED);
  }

  @Test
  void theCartOfACancelledOrderCanBeOrderedAgain() {
    PlaceOrder request = request(stocked(5), 2);
    OrderReceipt first = place(request);
    outcome(first);
    cancel(first.orderId());

    OrderReceipt second = place(request);

    assertThat(second.orderId()).isNotEqualTo(first.orderId());
    assertThat(outcome(second)).isInstanceOf(OrderOutcome.Confirmed.class);
  }

  @Test
  void cancellingACancelledOrderChangesNothing() {
    UUID id = confirmed(stocked(5), 2);
    cancel(id);
    eventually(() -> assertThat(order(id).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED));
    Order before = order(id);

    OrderReceipt again = shop().orders().cancel(customer, id, "really");

    assertThat(outcome(again)).isEqualTo(byRequest(id));
    assertThat(order(id)).isEqualTo(before);
    assertThat(gateway.money(id).refunds()).isEqualTo(1);
  }

  @Test
  void manyCancellationsAtOnceRefundOnce() throws Exception {
    UUID id = confirmed(stocked(5), 2);

    Threads.together(8, i -> () -> cancel(id));

    eventually(() -> assertThat(order(id).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED));
    assertThat(gateway.money(id).refunds()).isEqualTo(1);
    assertThat(refunds(id)).hasSize(1);
  }

  @Test
  void aShippedOrDeliveredOrderStays() {
    UUID id = confirmed(stocked(5), 2);

    shop().orders().ship(id);
    assertThatThrownBy(() -> cancel(id))
        .isInstanceOf(IllegalTransitionException.class)
        .hasMessageContaining("SHIPPED");
    shop().orders().deliver(id);
    assertThatThrownBy(() -> cancel(id))
        .isInstanceOf(IllegalTransitionException.class)
        .hasMessageContaining("DELIVERED");

    assertThat(order(id).status()).isEqualTo(OrderStatus.DELIVERED);
    assertThat(gateway.money(id).refunds()).isZero();
    assertReserved(id, ReservationStatus.CONFIRMED);
  }

  @Test
  void aReasonIsNeeded() {
    UUID id = confirmed(stocked(5), 2);

    assertThatThrownBy(() -> shop().orders().cancel(customer, id, " "))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("reason");

    assertThat(order(id).status()).isEqualTo(OrderStatus.CONFIRMED);
  }
}
