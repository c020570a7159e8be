package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.inventory.ReservationStatus;
import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderRefundStatus;
import com.techcorp.payment.Amount;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.PaymentGateway.CancelAnswer;
import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import com.techcorp.payment.PaymentGateway.RefundAnswer;
import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.SagaFilter;
import com.techcorp.testkit.SimulatedCall;
import com.techcorp.testkit.SimulatedCharge;
import com.techcorp.testkit.SimulatedGateway;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A gateway that tells amounts which cannot be, or that are not what was asked to go back. */
public abstract class OrderOddAmountContract extends OrderScenario {
  private static final Amount WHOLE = new Amount(2 * PRICE, "BRL");
  private static final Amount NEGATIVE = new Amount(-1, "BRL");

  private final AtomicBoolean well = new AtomicBoolean();

  /** For subclasses. */
  protected OrderOddAmountContract() {}

  /** Amounts that no provider means, and what is said of them. */
  @SuppressWarnings("NullAway") // a gateway that was compiled without null checks
  static Stream<Arguments> unusable() {
    return Stream.of(
        Arguments.of(new Amount(2 * PRICE, null), "an amount of 3998 without a currency"),
        Arguments.of(NEGATIVE, "the negative amount -1 BRL"),
        Arguments.of(new Amount(2 * PRICE, "XQQ"), "3998 XQQ in a currency that ISO 4217"),
        Arguments.of(new Amount(2 * PRICE, "brl"), "3998 brl in a currency that ISO 4217"));
  }

  /** Until it is well, what the gateway says of a kind of call has another amount. */
  private void telling(Amount amount, String... methods) {
    connection =
        provider ->
            WiredStorage.proxy(
                PaymentGateway.class,
                provider,
                (method, call) -> {
                  Object answer = call.make();
                  return well.get() || !Stream.of(methods).anyMatch(method::equals)
                      ? answer
                      : told(answer, amount);
                });
  }

  private static Object told(Object answer, Amount amount) {
    if (answer instanceof ChargeAnswer.Approved approved) {
      return new ChargeAnswer.Approved(approved.providerRef(), amount);
    } else if (answer instanceof CancelAnswer.AlreadyCharged charged) {
      return new CancelAnswer.AlreadyCharged(charged.providerRef(), amount);
    }
    return answer instanceof RefundAnswer.Refunded refunded
        ? new RefundAnswer.Refunded(refunded.providerRef(), amount)
        : answer;
  }

  private UUID awaitParked(String reason) {
    eventually(() -> assertThat(shop().admin().list(SagaFilter.parked(10))).hasSize(1));
    UUID parked = shop().admin().list(SagaFilter.parked(10)).get(0).id();
    assertThat(shop().admin().explain(parked).text()).contains("PARKED", reason);
    return parked;
  }

  private void askingLater() {
    orderOptions =
        orderOptions
            .withPaymentTimeout(Duration.ofSeconds(10))
            .withPaymentRetry(RetryPolicy.every(Duration.ofMinutes(8), 10));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void anAmountThatCannotBeMakesTheAnswerUnknown(Amount amount, String reason) {
    askingLater();
    telling(amount, "charge");
    UUID id = place(stocked(5), 2).orderId();
    awaitPayment(id, TransactionStatus.UNKNOWN);
    eventually(() -> assertThat(shop().admin().explain(id).text()).contains(reason));

    shop().admin().retry(id, "olga", "asked the provider");

    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(gateway.calls(SimulatedCall.CHARGE)).as("the look-up decides").isEqualTo(1);
    assertThat(gateway.money(id).charges()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void whatCannotBeReadFromAnyAnswerEndsParked(Amount amount, String reason) {
    telling(amount, "charge", "lookUp", "cancel");
    UUID product = stocked(5);
    UUID id = place(product, 2).orderId();
    awaitPayment(id, TransactionStatus.UNKNOWN);

    clock().advance(HOLD.plus(GRACE));

    assertThat(outcome(id)).isEqualTo(new OrderOutcome.Cancelled(id, new CancelReason.Expired()));
    assertGivenBack(id, ReservationStatus.EXPIRED);
    UUID parked = awaitParked(reason);
    assertStock(product, 5, 0);
    int asked = gateway.calls(SimulatedCall.LOOK_UP);
    well.set(true);
    shop().admin().retry(parked, "olga", "the gateway is mended");
    eventually(() -> assertThat(payment(id).status()).isEqualTo(TransactionStatus.REFUNDED));
    assertThat(gateway.calls(SimulatedCall.LOOK_UP)).as("the cancellation tells").isEqualTo(asked);
    assertThat(gateway.money(id).kept()).isZero();
    assertThat(refunds(id)).singleElement().returns(WHOLE.minorUnits(), r -> r.amount());
  }

  @Test
  void aCancellationThatCannotBeReadIsLookedUp() {
    gateway.on().every(SimulatedCharge.approve().taking(new Amount(1_000, "USD")));
    telling(NEGATIVE, "cancel");

    UUID id = place(stocked(5), 2).orderId();

    assertThat(outcome(id))
        .isEqualTo(new OrderOutcome.Cancelled(id, new CancelReason.AmountMismatch("1000 USD")));
    eventually(() -> assertThat(payment(id).status()).isEqualTo(TransactionStatus.REFUNDED));
    assertThat(gateway.money(id).kept()).isZero();
  }

  @Test
  void anOperatorCannotForceAPaymentOfAnotherAmount() {
    askingLater();
    gateway.on().every(SimulatedCharge.loseAnswer().taking(new Amount(1_000, "BRL")));
    UUID id = place(stocked(5), 2).orderId();
    awaitPayment(id, TransactionStatus.UNKNOWN);

    shop().admin().forceComplete(id, "olga", "it is paid");

    assertThat(outcome(id))
        .isEqualTo(new OrderOutcome.Cancelled(id, new CancelReason.AmountMismatch("1000 BRL")));
    eventually(() -> assertThat(payment(id).status()).isEqualTo(TransactionStatus.REFUNDED));
    assertThat(gateway.money(id).kept()).isZero();
  }

  static Stream<Amount> otherRefunds() {
    return Stream.of(
        new Amount(PRICE, "BRL"), new Amount(3 * PRICE, "BRL"), new Amount(2 * PRICE, "USD"));
  }

  @ParameterizedTest
  @MethodSource("otherRefunds")
  void aRefundOfAnotherAmountIsParked(Amount told) {
    telling(told, "refund");
    UUID id = confirmed(stocked(5), 2);
    shop().orders().cancel(customer, id, "changed my mind");
    awaitParked("the provider refunded " + told + " instead of " + WHOLE);

    retried();

    awaitParked("the provider refunded " + told + " instead of " + WHOLE);
    assertThat(gateway.calls(SimulatedCall.REFUND)).as("once a retry").isEqualTo(2);
    assertThat(refunds(id)).singleElement().returns(RefundStatus.PENDING, r -> r.status());
    assertThat(order(id).refundStatus()).isEqualTo(OrderRefundStatus.REQUESTED);
    shop().admin().forceComplete(awaitParked("refunded"), "olga", "put right by hand, ticket 19");
    assertClosed(id);
  }

  private void retried() {
    int calls = gateway.calls(SimulatedCall.REFUND);
    UUID parked = shop().admin().list(SagaFilter.parked(10)).get(0).id();
    shop().admin().retry(parked, "olga", "asked the provider");
    eventually(() -> assertThat(gateway.calls(SimulatedCall.REFUND)).isGreaterThan(calls));
  }

  private void assertClosed(UUID id) {
    eventually(() -> assertThat(payment(id).status()).isEqualTo(TransactionStatus.REFUNDED));
    assertThat(order(id).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED);
    assertThat(gateway.money(id).kept()).isZero();
    assertThat(gateway.money(id).refunds()).isEqualTo(1);
  }

  @Test
  void aRefundWhoseAmountCannotBeIsSentAgainAndThenParked() {
    telling(NEGATIVE, "refund");
    UUID id = confirmed(stocked(5), 2);

    shop().orders().cancel(customer, id, "changed my mind");

    UUID parked = awaitParked("the negative amount -1 BRL");
    assertThat(gateway.calls(SimulatedCall.REFUND))
        .isEqualTo(orderOptions.refundRetry().attempts());
    well.set(true);
    shop().admin().retry(parked, "olga", "the gateway is mended");
    assertClosed(id);
  }

  @Test
  void aRefundThatIsLookedUpIsHeldAgainstItsAmountToo() {
    Duration window = Duration.ofHours(1);
    gateway =
        SimulatedGateway.builder()
            .idempotencyWindow(window)
            .requestLifetime(Duration.ofMinutes(10))
            .build();
    telling(new Amount(1, "BRL"), "lookUpRefund");
    gateway.loseRefundAnswers(Integer.MAX_VALUE);
    UUID id = confirmed(stocked(5), 2);
    shop().orders().cancel(customer, id, "changed my mind");
    UUID parked = awaitParked("undecided after");
    clock().advance(window);

    shop().admin().retry(parked, "olga", "asked the provider");

    eventually(() -> awaitParked("the provider refunded 1 BRL instead of " + WHOLE));
    well.set(true);
    shop().admin().retry(parked, "olga", "the gateway is mended");
    assertClosed(id);
  }
}
