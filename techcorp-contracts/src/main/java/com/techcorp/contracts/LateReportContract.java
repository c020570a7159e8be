package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderStatus;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.payment.spi.PaymentReport;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.SagaFilter;
import com.techcorp.testkit.SimulatedCall;
import com.techcorp.testkit.SimulatedCharge;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A process hears the answer when the order belongs to another process: what it was told is not
 * lost.
 */
public abstract class LateReportContract extends LateAnswerScenario {
  /** For subclasses. */
  protected LateReportContract() {}

  @Test
  @Tag("T11")
  @DisplayName("T11: a reported approval decides, though the provider cannot be asked")
  void aReportedApprovalConfirms() {
    // given
    UUID id = charging();
    gateway.failNext(SimulatedCall.LOOK_UP, Integer.MAX_VALUE);
    takenOver();
    awaitPayment(id, TransactionStatus.UNKNOWN);

    // when
    wire.release();

    // then
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(gateway.calls(SimulatedCall.CHARGE)).isEqualTo(1);
    assertKept(id);
  }

  @Test
  void aReportedDeclineCancels() {
    // given
    gateway.on().every(SimulatedCharge.decline("insufficient_funds"));
    UUID id = charging();
    gateway.failNext(SimulatedCall.LOOK_UP, Integer.MAX_VALUE);
    takenOver();
    awaitPayment(id, TransactionStatus.UNKNOWN);

    // when
    wire.release();

    // then
    assertThat(outcome(id))
        .isEqualTo(new OrderOutcome.Cancelled(id, new CancelReason.Declined("insufficient_funds")));
    assertThat(payment(id).status()).isEqualTo(TransactionStatus.DECLINED);
    assertThat(reversal()).isEmpty();
    assertHistory(id, OrderEventType.CREATED, OrderEventType.CANCELLED);
  }

  @Test
  void aDeclineThatComesAfterTheOrderWasCancelledChangesNothing() {
    // given
    providerWithoutCancel();
    gateway.on().every(SimulatedCharge.decline("insufficient_funds"));
    UUID id = cancelledElsewhere();

    // when
    wire.release();

    // then
    awaitReport(id, TransactionStatus.DECLINED);
    awaitPayment(id, TransactionStatus.DECLINED);
    awaitNothingUnderWay();
    assertThat(gateway.money(id).charges()).isZero();
    assertHistory(id, OrderEventType.CREATED, OrderEventType.CANCELLED);
  }

  @Test
  @Tag("T11")
  @DisplayName("T11: an answer that comes after its call's time-out is not lost either")
  void anAnswerAfterTheTimeOutIsReported() {
    // given
    orderOptions =
        orderOptions
            .withPaymentTimeout(Duration.ofMillis(50))
            .withPaymentRetry(RetryPolicy.every(Duration.ofMillis(100), 3));
    gateway.failNext(SimulatedCall.LOOK_UP, Integer.MAX_VALUE);
    UUID id = charging();
    awaitPayment(id, TransactionStatus.UNKNOWN);

    // when
    wire.release();

    // then
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertKept(id);
  }

  @Test
  void aReportedChargeOverAnotherAmountCancelsAndGoesBack() {
    // given
    gateway.on().every(SimulatedCharge.approve().taking(LESS));
    UUID id = charging();
    gateway.failNext(SimulatedCall.LOOK_UP, Integer.MAX_VALUE);
    takenOver();
    awaitPayment(id, TransactionStatus.UNKNOWN);

    // when
    wire.release();

    // then
    assertThat(outcome(id))
        .isEqualTo(new OrderOutcome.Cancelled(id, new CancelReason.AmountMismatch("1000 BRL")));
    assertThat(storage().payments().reported(payment(id).id()).map(PaymentReport::taken))
        .contains(LESS);
    assertGivenBackOnce(id);
    assertThat(payment(id).taken()).isEqualTo(LESS);
  }

  @Test
  void aChargeOverAnotherAmountThatIsReportedAfterTheEndGoesBackAsItWasTaken() {
    // given
    providerWithoutCancel();
    gateway.on().every(SimulatedCharge.approve().taking(LESS));
    UUID id = cancelledElsewhere();
    clock().advance(LIFETIME.plusSeconds(1));
    awaitPayment(id, TransactionStatus.VOIDED);
    awaitNothingUnderWay();

    // when
    wire.release();

    // then
    assertGivenBackOnce(id);
    assertThat(payment(id).taken()).isEqualTo(LESS);
    assertThat(refunds(id)).allMatch(refund -> refund.amount() == LESS.minorUnits());
  }

  /** The look-up tells no amounts and was believed; the answer to the charge tells them. */
  @Test
  void aReportOfAnotherAmountForAConfirmedOrderIsLeftToAPerson() {
    // given
    settles = false; // what was taken is not what was asked for, and stays so
    gateway.on().every(SimulatedCharge.approve().taking(LESS));
    UUID id = charging();
    takenOver(LateReportContract::withoutAmounts);
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);

    // when
    wire.release();

    // then
    awaitReport(id, TransactionStatus.APPROVED);
    eventually(() -> assertThat(storage().journal().list(SagaFilter.parked(10))).hasSize(1));
    UUID parked = reversal().orElseThrow();
    assertThat(shop().admin().explain(parked).text())
        .contains("PARKED", "reported that it took 1000 BRL instead of 3998 BRL");
    assertThat(order(id).status()).isEqualTo(OrderStatus.CONFIRMED);
    assertThat(gateway.calls(SimulatedCall.REFUND)).isZero();
    shop().admin().forceComplete(parked, "olga", "settled with the customer, ticket 20");
    awaitNothingUnderWay();
  }

  private static PaymentGateway withoutAmounts(PaymentGateway provider) {
    return WiredStorage.proxy(
        PaymentGateway.class,
        provider,
        (method, call) -> {
          Object answer = call.make();
          return answer instanceof ChargeAnswer.Approved approved
              ? new ChargeAnswer.Approved(approved.providerRef())
              : answer;
        });
  }
}
