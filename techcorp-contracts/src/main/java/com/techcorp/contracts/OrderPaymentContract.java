package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.inventory.ReservationStatus;
import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.testkit.SimulatedCall;
import com.techcorp.testkit.SimulatedCharge;
import com.techcorp.testkit.SimulatedGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A provider that is slow, silent or away: nobody is charged twice. */
public abstract class OrderPaymentContract extends OrderScenario {
  /** For subclasses. */
  protected OrderPaymentContract() {}

  private String reference(UUID orderId) {
    return payment(orderId).id().toString();
  }

  @Test
  @Tag("T11")
  @DisplayName("T11: a charge that timed out is asked for by our reference, not sent again")
  void aChargeThatTimedOutIsAskedFor() {
    UUID product = stocked(5);
    gateway.on().every(SimulatedCharge.timeOutAfterCharging());

    OrderReceipt receipt = place(product, 1);

    assertThat(outcome(receipt)).isInstanceOf(OrderOutcome.Confirmed.class);
    String reference = reference(receipt.orderId());
    assertThat(gateway.calls(SimulatedCall.LOOK_UP, reference)).isEqualTo(1);
    assertThat(gateway.calls(SimulatedCall.CHARGE, reference)).isEqualTo(1);
    assertThat(gateway.money(receipt.orderId()).charges()).isEqualTo(1);
  }

  @Test
  void aCallThatDoesNotReturnCountsAsUnanswered() {
    orderOptions =
        orderOptions
            .withPaymentTimeout(Duration.ofMillis(50))
            .withPaymentRetry(orderOptions.paymentRetry());
    gateway.on().every(SimulatedCharge.approve().untilReleased());

    OrderReceipt receipt = place(stocked(5), 1);

    assertThat(outcome(receipt)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(gateway.calls(SimulatedCall.CHARGE)).isEqualTo(1);
    assertThat(gateway.money(receipt.orderId()).charges()).isEqualTo(1);
  }

  @Test
  void anAnswerThatIsNoneIsNamed() {
    orderOptions =
        orderOptions
            .withPaymentTimeout(Duration.ofSeconds(10))
            .withPaymentRetry(RetryPolicy.every(Duration.ofMinutes(1), 5));
    List<@Nullable ChargeAnswer> answers = new ArrayList<>();
    answers.add(null);
    answers.add(new ChargeAnswer.NotFound());
    connection =
        provider ->
            WiredStorage.proxy(
                PaymentGateway.class,
                provider,
                (method, call) -> {
                  Object answer = call.make();
                  return method.equals("charge") ? answers.remove(0) : answer;
                });

    OrderReceipt nothing = place(stocked(5), 1);
    awaitPayment(nothing.orderId(), TransactionStatus.UNKNOWN);
    OrderReceipt notFound = place(stocked(5), 1);
    awaitPayment(notFound.orderId(), TransactionStatus.UNKNOWN);

    assertThat(shop().admin().explain(nothing.orderId()).text()).contains("answered with null");
    assertThat(shop().admin().explain(notFound.orderId()).text()).contains("with NotFound");
    clock().advance(Duration.ofMinutes(1));
    assertThat(outcome(nothing)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(outcome(notFound)).isInstanceOf(OrderOutcome.Confirmed.class);
  }

  @Test
  void lookUpsThatFailAreRepeated() {
    gateway.on().every(SimulatedCharge.loseAnswer());
    gateway.failNext(SimulatedCall.LOOK_UP, 4);

    OrderReceipt receipt = place(stocked(5), 1);

    assertThat(outcome(receipt)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(gateway.calls(SimulatedCall.LOOK_UP)).isEqualTo(5);
    assertThat(gateway.calls(SimulatedCall.CHARGE)).isEqualTo(1);
  }

  @Test
  @Tag("T12")
  @DisplayName("T12: what the provider does not know is sent again under the same key")
  void whatNeverArrivedIsSentAgain() {
    gateway = SimulatedGateway.builder().foldsRepeats(false).build();
    gateway.on().every(SimulatedCharge.loseRequest(), SimulatedCharge.approve());

    OrderReceipt receipt = place(stocked(5), 1);

    assertThat(outcome(receipt)).isInstanceOf(OrderOutcome.Confirmed.class);
    String reference = reference(receipt.orderId());
    assertThat(gateway.calls(SimulatedCall.LOOK_UP, reference)).isEqualTo(1);
    assertThat(gateway.calls(SimulatedCall.CHARGE, reference)).isEqualTo(2);
    assertThat(gateway.money(receipt.orderId()).charges()).isEqualTo(1);
  }

  @Test
  @Tag("T12")
  @DisplayName("T12: once the provider has forgotten the key, nothing is sent again")
  void afterTheProvidersWindowNothingIsSentAgain() {
    gateway = SimulatedGateway.builder().idempotencyWindow(Duration.ofMinutes(2)).build();
    orderOptions =
        orderOptions
            .withPaymentTimeout(Duration.ofSeconds(10))
            .withPaymentRetry(RetryPolicy.every(Duration.ofMinutes(4), 3));
    gateway.on().every(SimulatedCharge.loseRequest());
    UUID id = place(stocked(5), 1).orderId();
    awaitPayment(id, TransactionStatus.UNKNOWN);

    clock().advance(Duration.ofMinutes(4));

    eventually(() -> assertThat(gateway.calls(SimulatedCall.LOOK_UP)).isEqualTo(1));
    clock().advance(HOLD.plus(GRACE));
    assertThat(outcome(id)).isEqualTo(new OrderOutcome.Cancelled(id, new CancelReason.Expired()));
    assertThat(gateway.calls(SimulatedCall.CHARGE)).isEqualTo(1);
  }

  @Test
  void whatNeverArrivedMayBeDeclinedWhenItDoes() {
    gateway
        .on()
        .every(SimulatedCharge.loseRequest(), SimulatedCharge.decline("insufficient_funds"));

    OrderReceipt receipt = place(stocked(5), 1);

    assertThat(outcome(receipt))
        .isEqualTo(
            new OrderOutcome.Cancelled(
                receipt.orderId(), new CancelReason.Declined("insufficient_funds")));
  }

  @Test
  void aProviderThatComesBackInTimeIsUsed() {
    gateway.failNext(SimulatedCall.CHARGE, 2);

    OrderReceipt receipt = place(stocked(5), 1);

    assertThat(outcome(receipt)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(gateway.calls(SimulatedCall.CHARGE)).isEqualTo(3);
    assertThat(gateway.calls(SimulatedCall.LOOK_UP)).isZero();
  }

  @Test
  @Tag("T24")
  @DisplayName("T24: a provider that stays away costs the order, within the retry budget")
  void aProviderThatStaysAwayCostsTheOrder() {
    UUID product = stocked(5);
    gateway.failNext(SimulatedCall.CHARGE, Integer.MAX_VALUE);

    OrderReceipt receipt = place(product, 2);

    UUID id = receipt.orderId();
    assertThat(outcome(receipt))
        .isEqualTo(new OrderOutcome.Cancelled(id, new CancelReason.PaymentUnavailable()));
    assertThat(gateway.calls(SimulatedCall.CHARGE))
        .isEqualTo(orderOptions.paymentRetry().attempts());
    assertThat(payment(id).status()).isEqualTo(TransactionStatus.VOIDED);
    assertReserved(id, ReservationStatus.RELEASED);
    assertStock(product, 5, 0);
    assertHistory(id, OrderEventType.CREATED, OrderEventType.CANCELLED);
  }
}
