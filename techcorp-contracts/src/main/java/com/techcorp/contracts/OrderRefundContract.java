package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.IllegalTransitionException;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderRefundStatus;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.Refund;
import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.Transaction;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.SagaFilter;
import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.Signal;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.WriteSet;
import com.techcorp.testkit.SimulatedCall;
import com.techcorp.testkit.SimulatedCharge;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Money that must go back does, however long the provider refuses. */
public abstract class OrderRefundContract extends OrderScenario {
  private static final Duration WAIT = Duration.ofMinutes(1);

  /** For subclasses. */
  protected OrderRefundContract() {}

  @Test
  void aRefusedConfirmationRefundsWhatWasPaid() {
    UUID product = stocked(5);
    UUID id = paying(SimulatedCharge.approve(), product, 2);
    loseReservation(id, product);

    gateway.releaseWaiting();

    assertThat(outcome(id))
        .isInstanceOfSatisfying(
            OrderOutcome.Cancelled.class,
            cancelled ->
                assertThat(cancelled.reason())
                    .asInstanceOf(InstanceOfAssertFactories.type(CancelReason.Refused.class))
                    .extracting(CancelReason.Refused::code)
                    .isEqualTo(StockEffect.RESERVATION_STATE));
    assertPublished(id, "payment.confirmed", "order.cancelled", "payment.refunded");
    assertHistory(
        id,
        OrderEventType.CREATED,
        OrderEventType.PAID,
        OrderEventType.REFUND_REQUESTED,
        OrderEventType.CANCELLED,
        OrderEventType.REFUNDED);
    assertThat(payment(id).status()).isEqualTo(TransactionStatus.REFUNDED);
    assertThat(gateway.money(id).kept()).isZero();
    assertStock(product, 5, 0);
  }

  /** Somebody gives the hold back while the saga is with the provider. */
  private void loseReservation(UUID order, UUID product) {
    UUID token = storage().orders().holdToken(order).orElseThrow();
    WriteSet release =
        WriteSet.of(
            newId(),
            new StockEffect.Release(order, List.of(product), ReservationStatus.RELEASED, token));
    assertThat(stockSite().storage().unitOfWork().commit(null, List.of(release)))
        .singleElement()
        .isInstanceOf(CommitResult.Committed.class);
  }

  @Test
  @Tag("T13")
  @DisplayName("T13: a refund that fails is not told as done, and is tried again")
  void aRefundThatFailsIsTriedAgain() {
    orderOptions = orderOptions.withRefundRetry(RetryPolicy.every(WAIT, 5));
    UUID id = confirmed(stocked(5), 2);
    gateway.failNext(SimulatedCall.REFUND, 2);

    shop().orders().cancel(customer, id, "changed my mind");

    awaitRefund(id, RefundStatus.FAILED);
    assertThat(order(id).refundStatus()).isEqualTo(OrderRefundStatus.REQUESTED);
    assertThat(payment(id).status()).isEqualTo(TransactionStatus.APPROVED);
    clock().advance(WAIT);
    eventually(() -> assertThat(gateway.calls(SimulatedCall.REFUND)).isEqualTo(2));
    awaitRefund(id, RefundStatus.FAILED);
    eventually(
        () -> {
          clock().advance(WAIT);
          assertThat(refunds(id))
              .extracting(Refund::status)
              .containsExactly(RefundStatus.SUCCEEDED);
        });
    assertThat(order(id).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED);
    assertThat(payment(id).status()).isEqualTo(TransactionStatus.REFUNDED);
    assertThat(gateway.money(id).refunds()).isEqualTo(1);
    assertPublished(
        id, "payment.confirmed", "order.confirmed", "order.cancelled", "payment.refunded");
  }

  private void awaitRefund(UUID id, RefundStatus status) {
    eventually(() -> assertThat(refunds(id)).extracting(Refund::status).containsExactly(status));
  }

  @Test
  @Tag("T13")
  @DisplayName("T13: a refund whose answer was lost is sent again under its own reference")
  void aRefundWithoutAnAnswerIsSentAgain() {
    UUID id = confirmed(stocked(5), 2);
    gateway.loseRefundAnswers(2);

    shop().orders().cancel(customer, id, "changed my mind");

    awaitRefund(id, RefundStatus.SUCCEEDED);
    assertThat(gateway.calls(SimulatedCall.REFUND)).isEqualTo(3);
    assertThat(gateway.money(id).refunds()).isEqualTo(1);
  }

  @Test
  void aRefundThatKeepsFailingIsParkedUntilAnOperatorRetries() {
    UUID id = cancelledWithoutRefund();
    UUID parked = parkedReversal();
    assertThat(shop().admin().explain(parked).text())
        .contains("PARKED", "refund", "the simulated provider refuses for now");

    shop().admin().retry(parked, "olga", "asked the provider, ticket 17");

    awaitRetried(2 * orderOptions.refundRetry().attempts());
    assertThat(parkedReversal()).isEqualTo(parked);
    assertThat(shop().admin().explain(parked).signals())
        .containsExactly(new Signal(Signal.Kind.RETRY, "asked the provider, ticket 17", "olga"));
    gateway.failNext(SimulatedCall.REFUND, 0);
    shop().admin().retry(parked, "olga", "the provider is well again");
    awaitRefund(id, RefundStatus.SUCCEEDED);
    assertThat(order(id).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED);
    assertThat(gateway.money(id).kept()).isZero();
  }

  private void awaitRetried(int calls) {
    eventually(() -> assertThat(gateway.calls(SimulatedCall.REFUND)).isEqualTo(calls));
  }

  /** An order that is CANCELLED while the provider refuses to give its money back. */
  private UUID cancelledWithoutRefund() {
    UUID id = confirmed(stocked(5), 2);
    gateway.failNext(SimulatedCall.REFUND, Integer.MAX_VALUE);
    shop().orders().cancel(customer, id, "changed my mind");
    awaitRetried(orderOptions.refundRetry().attempts());
    return id;
  }

  private UUID parkedReversal() {
    eventually(() -> assertThat(shop().admin().list(SagaFilter.parked(10))).hasSize(1));
    SagaInstance parked = shop().admin().list(SagaFilter.parked(10)).get(0);
    assertThat(parked.definition()).isEqualTo("reversal");
    assertThat(parked.position().state()).isEqualTo(SagaState.PARKED);
    return parked.id();
  }

  @Test
  @Tag("T23")
  @DisplayName("T23: money that must go back cannot be given up, by nobody")
  void aReversalCannotBeGivenUpButClosedOnceTheMoneyWentBackByHand() throws Exception {
    UUID id = cancelledWithoutRefund();
    UUID parked = parkedReversal();

    assertThatThrownBy(() -> shop().admin().cancel(parked, "olga", "not worth it"))
        .isInstanceOf(IllegalTransitionException.class);
    assertThatThrownBy(() -> shop().admin().compensate(parked, "olga", "not worth it"))
        .isInstanceOf(IllegalTransitionException.class);
    assertThat(parkedReversal()).isEqualTo(parked);

    gateway.failNext(SimulatedCall.REFUND, 0);
    Transaction charge = shop().payments().charge(id).orElseThrow();
    gateway.refund(
        new PaymentGateway.RefundRequest(
            "by hand", charge.id().toString(), charge.amount(), charge.currency()));
    shop().admin().forceComplete(parked, "olga", "refunded by hand, ticket 17");
    awaitRefund(id, RefundStatus.SUCCEEDED);
    assertThat(gateway.money(id).kept()).isZero();
  }
}
