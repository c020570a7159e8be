package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.inventory.ReservationStatus;
import com.techcorp.notification.Message;
import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderRefundStatus;
import com.techcorp.payment.Amount;
import com.techcorp.payment.Refund;
import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.Transaction;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.saga.SagaFilter;
import com.techcorp.testkit.SimulatedCall;
import com.techcorp.testkit.SimulatedCharge;
import com.techcorp.testkit.SimulatedGateway;
import com.techcorp.testkit.SimulatedMoney;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A provider that takes another amount, or another currency, than it was asked for: the order is
 * cancelled, and what was taken goes back. The provider's own books judge.
 */
public abstract class OrderAmountContract extends OrderScenario {
  private static final Amount ASKED = new Amount(2 * PRICE, "BRL");
  private static final Amount LESS = new Amount(1_000, "BRL");

  private UUID product = newId();

  /** For subclasses. */
  protected OrderAmountContract() {}

  /** What the provider takes in place of {@link #ASKED}. */
  static Stream<Amount> others() {
    return Stream.of(LESS, new Amount(5_000, "BRL"), new Amount(2 * PRICE, "USD"));
  }

  private UUID placed(SimulatedCharge behaviour) {
    gateway.on().every(behaviour);
    product = stocked(5);
    return place(product, 2).orderId();
  }

  private void assertCancelled(UUID id, Amount taken) {
    assertThat(outcome(id))
        .isEqualTo(
            new OrderOutcome.Cancelled(id, new CancelReason.AmountMismatch(taken.toString())));
    assertThat(order(id).cancelReason()).isEqualTo("AMOUNT_MISMATCH");
    assertThat(order(id).cancelDetail()).isEqualTo(taken.toString());
    assertGivenBack(id, ReservationStatus.RELEASED);
    assertStock(product, 5, 0);
  }

  private void assertRefunded(UUID id, Amount taken) {
    eventually(() -> assertThat(payment(id).status()).isEqualTo(TransactionStatus.REFUNDED));
    assertThat(payment(id)).returns(ASKED, Transaction::asked).returns(taken, Transaction::taken);
    assertThat(payment(id).providerRef()).startsWith("ch_");
    assertThat(refunds(id))
        .singleElement()
        .returns(taken.minorUnits(), Refund::amount)
        .returns(taken.currency(), Refund::currency)
        .returns(RefundStatus.SUCCEEDED, Refund::status);
    assertThat(order(id).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED);
    assertBooks(id, taken.minorUnits(), 1);
  }

  private void assertBooks(UUID id, long charged, int refunds) {
    assertThat(gateway.money(id))
        .as("the provider's books")
        .isEqualTo(new SimulatedMoney(charged, charged, 1, refunds));
  }

  private UUID awaitParked(String reason) {
    eventually(() -> assertThat(shop().admin().list(SagaFilter.parked(10))).hasSize(1));
    UUID parked = shop().admin().list(SagaFilter.parked(10)).get(0).id();
    assertThat(shop().admin().explain(parked).text()).contains("PARKED", reason);
    return parked;
  }

  @ParameterizedTest
  @MethodSource("others")
  void whatWasTakenInsteadGoesBack(Amount taken) {
    UUID id = placed(SimulatedCharge.approve().taking(taken));

    assertCancelled(id, taken);

    assertRefunded(id, taken);
    assertHistory(
        id,
        OrderEventType.CREATED,
        OrderEventType.CANCELLED,
        OrderEventType.PAID,
        OrderEventType.REFUND_REQUESTED,
        OrderEventType.REFUNDED);
    assertPublished(id, "order.cancelled", "payment.confirmed", "payment.refunded");
    assertThat(published(id).get(1).payload().number("amount")).isEqualTo(taken.minorUnits());
    eventually(
        () ->
            assertThat(mailbox.messages())
                .extracting(Message::template)
                .containsExactly("order-cancelled"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void aProviderThatVoidsChargesNeedsNoRefund(Amount taken) {
    gateway = SimulatedGateway.builder().voidsCharges(true).build();

    UUID id = placed(SimulatedCharge.approve().taking(taken));

    assertCancelled(id, taken);
    awaitPayment(id, TransactionStatus.VOIDED);
    assertThat(payment(id).taken()).isEqualTo(taken);
    assertThat(payment(id).providerRef()).startsWith("ch_");
    assertThat(refunds(id)).isEmpty();
    assertThat(gateway.calls(SimulatedCall.REFUND)).isZero();
    assertBooks(id, 0, 0);
    assertHistory(id, OrderEventType.CREATED, OrderEventType.CANCELLED);
    assertPublished(id, "order.cancelled");
  }

  @ParameterizedTest
  @MethodSource("others")
  void aLookUpThatTellsOfAnotherAmountCancelsToo(Amount taken) {
    UUID id = placed(SimulatedCharge.loseAnswer().taking(taken));

    assertCancelled(id, taken);

    assertRefunded(id, taken);
    assertThat(gateway.calls(SimulatedCall.LOOK_UP)).isPositive();
  }

  @Test
  void aProviderThatCannotCancelIsAskedAndRefunds() {
    gateway = SimulatedGateway.builder().supportsCancel(false).build();

    UUID id = placed(SimulatedCharge.approve().taking(LESS));

    assertCancelled(id, LESS);
    assertRefunded(id, LESS);
  }

  @Test
  void aChargeThatCameAfterTheHoldGoesBackAsItWasTaken() {
    gateway = SimulatedGateway.builder().supportsCancel(false).build();
    UUID id = placed(SimulatedCharge.arriveLate().taking(LESS));
    awaitPayment(id, TransactionStatus.UNKNOWN);
    clock().advance(HOLD.plus(GRACE));
    assertThat(outcome(id)).isEqualTo(new OrderOutcome.Cancelled(id, new CancelReason.Expired()));

    gateway.releaseLate();

    assertRefunded(id, LESS);
  }

  @Test
  void whatWasTakenOfACustomerWhoCancelledGoesBackToo() {
    product = stocked(5);
    UUID id = paying(SimulatedCharge.approve().taking(LESS), product, 2);
    shop().orders().cancel(customer, id, "changed my mind");

    gateway.releaseWaiting();

    assertThat(outcome(id))
        .isEqualTo(new OrderOutcome.Cancelled(id, new CancelReason.CancelledByRequest()));
    assertRefunded(id, LESS);
    assertStock(product, 5, 0);
  }

  @Test
  void aProviderThatTookNothingHasNothingToGiveBack() {
    Amount nothing = new Amount(0, "BRL");

    UUID id = placed(SimulatedCharge.approve().taking(nothing));

    assertCancelled(id, nothing);
    awaitPayment(id, TransactionStatus.VOIDED);
    assertThat(gateway.calls(SimulatedCall.REFUND)).isZero();
    assertBooks(id, 0, 0);
  }

  @Test
  void aRefundThatKeepsFailingIsParkedUntilAnOperatorRetries() {
    gateway.failNext(SimulatedCall.REFUND, Integer.MAX_VALUE);
    UUID id = placed(SimulatedCharge.approve().taking(LESS));
    assertCancelled(id, LESS);
    UUID parked = awaitParked("the simulated provider refuses for now");
    gateway.failNext(SimulatedCall.REFUND, 0);

    shop().admin().retry(parked, "olga", "the provider is well again");

    assertRefunded(id, LESS);
  }

  @Test
  void aProviderThatDoesNotLetGoIsParkedUntilAnOperatorRetries() {
    gateway.failNext(SimulatedCall.CANCEL, Integer.MAX_VALUE);
    UUID id = placed(SimulatedCharge.approve().taking(LESS));
    assertCancelled(id, LESS);
    UUID parked = awaitParked("out of reach");
    assertThat(payment(id).status()).isEqualTo(TransactionStatus.ABANDONED);
    // and as often as it was asked before the order was cancelled, which costs no attempt
    assertThat(gateway.calls(SimulatedCall.CANCEL))
        .isGreaterThanOrEqualTo(orderOptions.refundRetry().attempts());
    gateway.failNext(SimulatedCall.CANCEL, 0);

    shop().admin().retry(parked, "olga", "the provider is well again");

    assertRefunded(id, LESS);
  }

  @Test
  void whatAnOperatorHadVoidedByHandIsClosedByForce() throws Exception {
    gateway = SimulatedGateway.builder().voidsCharges(true).build();
    gateway.failNext(SimulatedCall.CANCEL, Integer.MAX_VALUE);
    UUID id = placed(SimulatedCharge.approve().taking(LESS));
    assertCancelled(id, LESS);
    UUID parked = awaitParked("out of reach");
    gateway.failNext(SimulatedCall.CANCEL, 0);
    gateway.cancel(payment(id).id().toString());

    shop().admin().forceComplete(parked, "olga", "voided in the provider's console, ticket 18");

    awaitPayment(id, TransactionStatus.VOIDED);
    assertBooks(id, 0, 0);
  }

  @Test
  void aProviderThatTellsNoAmountsIsBelieved() {
    gateway = SimulatedGateway.builder().tellsAmounts(false).build();
    UUID id = placed(SimulatedCharge.approve());
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
    gateway.on().every(SimulatedCharge.loseAnswer());
    UUID lookedUp = confirmed(stocked(5), 2);

    shop().orders().cancel(customer, id, "changed my mind");

    eventually(() -> assertThat(payment(id).status()).isEqualTo(TransactionStatus.REFUNDED));
    assertThat(payment(id).taken()).isNull();
    assertThat(payment(lookedUp).taken()).isNull();
    assertBooks(id, ASKED.minorUnits(), 1);
    assertThat(gateway.money(lookedUp).kept()).isEqualTo(ASKED.minorUnits());
  }
}
