package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderRefundStatus;
import com.techcorp.order.OrderStatus;
import com.techcorp.payment.Amount;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.payment.spi.PaymentReport;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.SagaFilter;
import com.techcorp.testkit.SimulatedCall;
import com.techcorp.testkit.SimulatedCharge;
import com.techcorp.testkit.SimulatedGateway;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A process loses its lease while its charge is on the way, and hears the provider's answer when
 * the order belongs to another process: what it was told is not lost, and no money stays where it
 * does not belong.
 */
public abstract class LateAnswerContract extends OrderScenario {
  private static final Duration LIFETIME = Duration.ofMinutes(1);

  private static final Amount LESS = new Amount(1_000, "BRL");

  private BlockingGateway wire = new BlockingGateway(gateway);
  private final AtomicBoolean paused = new AtomicBoolean();
  private UUID product = newId();

  /** For subclasses. */
  protected LateAnswerContract() {}

  @BeforeEach
  final void aLeaseThatCanBeLost() {
    lease = Duration.ofMinutes(5);
    storageWire = WiredStorage.claimingUnless(paused);
  }

  @AfterEach
  final void nothingStaysOnTheWire() {
    wire.release();
  }

  /** An order whose charge has left the first process and did not arrive. */
  private UUID charging() {
    wire = new BlockingGateway(gateway);
    connection = provider -> wire;
    product = stocked(5);
    UUID id = place(product, 2).orderId();
    eventually(() -> assertThat(wire.held()).as("charges on the wire").isEqualTo(1));
    return id;
  }

  /** The first process's lease runs out; another takes over, with a wire of its own. */
  private void takenOver() {
    takenOver(provider -> provider);
  }

  private void takenOver(UnaryOperator<PaymentGateway> wireOfTheOther) {
    paused.set(true);
    clock().advance(lease.plusSeconds(1));
    connection = wireOfTheOther;
    storageWire = storage -> storage;
    another();
  }

  private void providerWithoutCancel() {
    gateway = SimulatedGateway.builder().supportsCancel(false).requestLifetime(LIFETIME).build();
  }

  /** Cancelled by the second process, which gave the charge up. */
  private UUID cancelledElsewhere() {
    UUID id = charging();
    shop().orders().cancel(customer, id, "changed my mind");
    takenOver();
    assertThat(outcome(id))
        .isEqualTo(new OrderOutcome.Cancelled(id, new CancelReason.CancelledByRequest()));
    return id;
  }

  private void awaitReport(UUID id, TransactionStatus told) {
    eventually(
        () ->
            assertThat(storage().payments().reported(payment(id).id()))
                .map(PaymentReport::status)
                .contains(told));
  }

  private void awaitNothingUnderWay() {
    eventually(() -> assertThat(storage().journal().list(SagaFilter.all(10))).isEmpty());
  }

  private void assertGivenBackOnce(UUID id) {
    eventually(() -> assertThat(order(id).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED));
    awaitNothingUnderWay();
    assertThat(gateway.money(id).charges()).isEqualTo(1);
    assertThat(gateway.money(id).refunds()).isEqualTo(1);
    assertThat(gateway.money(id).kept()).isZero();
    assertThat(refunds(id)).hasSize(1);
    assertThat(payment(id).status()).isEqualTo(TransactionStatus.REFUNDED);
    assertStock(product, 5, 0);
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
  @Tag("T15")
  @DisplayName("T15: a charge that arrives after the order was cancelled and voided is given back")
  void aChargeThatArrivesAfterItWasVoidedGoesBack() {
    // given
    providerWithoutCancel();
    UUID id = cancelledElsewhere();
    clock().advance(LIFETIME.plusSeconds(1));
    awaitPayment(id, TransactionStatus.VOIDED);
    awaitNothingUnderWay();

    // when
    wire.release();

    // then
    assertGivenBackOnce(id);
    awaitReport(id, TransactionStatus.APPROVED);
  }

  @Test
  @Tag("T15")
  @DisplayName("T15: two sagas that find the same late charge give it back once")
  void aChargeThatArrivesWhileItIsWatchedGoesBackOnce() {
    // given
    providerWithoutCancel();
    UUID id = cancelledElsewhere();
    assertThat(payment(id).status()).isEqualTo(TransactionStatus.ABANDONED);

    // when
    wire.release();

    // then
    assertGivenBackOnce(id);
    awaitReport(id, TransactionStatus.APPROVED);
  }

  @Test
  void aChargeThatTheProviderCancelledNeverHappens() {
    // given
    UUID id = cancelledElsewhere();
    awaitPayment(id, TransactionStatus.VOIDED);

    // when
    wire.release();

    // then
    awaitReport(id, TransactionStatus.DECLINED);
    assertThat(gateway.money(id).charges()).isZero();
    assertThat(payment(id).status()).isEqualTo(TransactionStatus.VOIDED);
    assertHistory(id, OrderEventType.CREATED, OrderEventType.CANCELLED);
  }

  @Test
  @Tag("T15")
  @DisplayName("T15: an order that the other process confirmed is charged once, and stays so")
  void aChargeThatTheOtherProcessSentAgainIsKept() {
    // given
    UUID id = charging();
    takenOver();
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);

    // when
    wire.release();

    // then
    awaitReport(id, TransactionStatus.APPROVED);
    assertKept(id);
  }

  private void assertKept(UUID id) {
    awaitNothingUnderWay();
    assertThat(order(id).status()).isEqualTo(OrderStatus.CONFIRMED);
    assertThat(payment(id).status()).isEqualTo(TransactionStatus.APPROVED);
    assertThat(gateway.money(id).charges()).isEqualTo(1);
    assertThat(gateway.calls(SimulatedCall.REFUND)).isZero();
    assertThat(gateway.calls(SimulatedCall.CANCEL)).isZero();
    assertStock(product, 3, 0);
    assertPublished(id, "payment.confirmed", "order.confirmed");
  }

  @Test
  void anAnswerThatWasOnItsWayBackIsFoundByTheOtherProcess() {
    // given
    product = stocked(5);
    UUID id = paying(SimulatedCharge.approve(), product, 2);
    takenOver();
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);

    // when
    gateway.releaseWaiting();

    // then
    awaitReport(id, TransactionStatus.APPROVED);
    assertKept(id);
  }

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
    takenOver(LateAnswerContract::withoutAmounts);
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
