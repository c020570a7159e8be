package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.order.OrderOptions;
import com.techcorp.payment.Amount;
import com.techcorp.payment.CardToken;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.PaymentGateway.CancelAnswer;
import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import com.techcorp.payment.PaymentGateway.ChargeRequest;
import com.techcorp.payment.PaymentGateway.RefundAnswer;
import com.techcorp.payment.PaymentGateway.RefundRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What a {@link PaymentGateway} promises while the provider is well. Run it against the provider's
 * test mode: it charges and refunds small amounts.
 */
public abstract class PaymentGatewayContracts extends ContractSuite<PaymentGatewayUnderTest> {
  private static final long AMOUNT = 1_000;

  private final String reference = UUID.randomUUID().toString();

  /** For subclasses. */
  protected PaymentGatewayContracts() {}

  private PaymentGateway gateway() {
    return adapter().gateway();
  }

  private ChargeAnswer charge(CardToken card) throws Exception {
    return gateway()
        .charge(
            new ChargeRequest(
                reference, new UUID(0, 1), AMOUNT, adapter().currency(), "credit_card", card));
  }

  private String approved() throws Exception {
    return assertApproved(charge(adapter().approvedCard()));
  }

  private static String assertApproved(ChargeAnswer answer) {
    return assertThat(answer)
        .asInstanceOf(InstanceOfAssertFactories.type(ChargeAnswer.Approved.class))
        .satisfies(approved -> assertThat(approved.providerRef()).isNotBlank())
        .actual()
        .providerRef();
  }

  private RefundAnswer refund(String refundReference, long amount) throws Exception {
    return gateway()
        .refund(new RefundRequest(refundReference, reference, amount, adapter().currency()));
  }

  private static String newReference() {
    return UUID.randomUUID().toString();
  }

  @Test
  void approves() throws Exception {
    assertApproved(charge(adapter().approvedCard()));
  }

  @Test
  void declines() throws Exception {
    assertThat(charge(adapter().declinedCard()))
        .asInstanceOf(InstanceOfAssertFactories.type(ChargeAnswer.Declined.class))
        .satisfies(declined -> assertThat(declined.code()).isNotBlank());
  }

  @Test
  void chargesOnceForAReference() throws Exception {
    // given
    String first = approved();

    // when
    String again = approved();

    // then
    assertThat(again).isEqualTo(first);
  }

  @Test
  void chargesOnceForManyThreads() throws Exception {
    // when
    List<ChargeAnswer> answers =
        Threads.together(4, thread -> () -> charge(adapter().approvedCard()));

    // then: a provider may tell the slower ones to come back
    List<String> charges =
        answers.stream()
            .filter(ChargeAnswer.Approved.class::isInstance)
            .map(PaymentGatewayContracts::assertApproved)
            .toList();
    assertThat(charges).isNotEmpty().containsOnly(charges.get(0));
    assertThat(answers).noneMatch(ChargeAnswer.Declined.class::isInstance);
  }

  @Test
  void looksAChargeUp() throws Exception {
    ChargeAnswer charged = charge(adapter().approvedCard());
    assertThat(gateway().lookUp(reference)).isEqualTo(charged);
  }

  /** Who tells no amounts is believed; who tells them must tell what the provider took. */
  @Test
  void tellsTheAmountThatWasTakenOrNone() throws Exception {
    // when
    Amount charged = amount(charge(adapter().approvedCard()));
    Amount found = amount(gateway().lookUp(reference));

    // then
    assertThat(charged).as("of the charge").isIn(null, new Amount(AMOUNT, adapter().currency()));
    assertThat(found).as("of its look-up").isEqualTo(charged);
  }

  private static @Nullable Amount amount(ChargeAnswer answer) {
    assertApproved(answer);
    return ((ChargeAnswer.Approved) answer).amount();
  }

  @Test
  void tellsTheAmountThatWentBackOrNone() throws Exception {
    // given
    approved();
    String refundReference = newReference();

    // when
    RefundAnswer part = refund(refundReference, 400);
    RefundAnswer again = refund(refundReference, 400);

    // then
    assertThat(part).isInstanceOf(RefundAnswer.Refunded.class).isEqualTo(again);
    assertThat(((RefundAnswer.Refunded) part).amount())
        .isIn(null, new Amount(400, adapter().currency()));
  }

  @Test
  void looksADeclinedChargeUp() throws Exception {
    charge(adapter().declinedCard());
    assertThat(gateway().lookUp(reference)).isInstanceOf(ChargeAnswer.Declined.class);
  }

  @Test
  void doesNotTakeAnUnknownReferenceForADecline() throws Exception {
    assertThat(gateway().lookUp(reference)).isInstanceOf(ChargeAnswer.NotFound.class);
  }

  @Test
  void keepsItsWordAboutACancelledReference() throws Exception {
    // when
    CancelAnswer answer = gateway().cancel(reference);

    // then: who cannot promise says so
    assertThat(answer)
        .isInstanceOfAny(CancelAnswer.Cancelled.class, CancelAnswer.NotPossible.class);
    if (answer instanceof CancelAnswer.Cancelled) {
      assertThat(charge(adapter().approvedCard())).isNotInstanceOf(ChargeAnswer.Approved.class);
      assertThat(gateway().lookUp(reference)).isNotInstanceOf(ChargeAnswer.Approved.class);
      assertThat(gateway().cancel(reference)).isInstanceOf(CancelAnswer.Cancelled.class);
    }
  }

  @Test
  void neverCallsAStandingChargeCancelled() throws Exception {
    // given
    ChargeAnswer approval = charge(adapter().approvedCard());
    String providerRef = assertApproved(approval);

    // when
    CancelAnswer answer = gateway().cancel(reference);

    // then: it may void the charge; then it is not approved any more
    if (answer instanceof CancelAnswer.AlreadyCharged charged) {
      assertThat(charged.providerRef()).isEqualTo(providerRef);
      assertThat(charged.amount()).as("who tells amounts tells all").isEqualTo(amount(approval));
      assertThat(gateway().lookUp(reference)).isInstanceOf(ChargeAnswer.Approved.class);
    } else if (answer instanceof CancelAnswer.Cancelled) {
      assertThat(gateway().lookUp(reference)).isNotInstanceOf(ChargeAnswer.Approved.class);
    } else {
      assertThat(answer).isInstanceOf(CancelAnswer.NotPossible.class);
    }
  }

  @Test
  void refundsOnceForAReference() throws Exception {
    // given
    approved();
    String refundReference = newReference();

    // when
    RefundAnswer first = refund(refundReference, AMOUNT);
    RefundAnswer again = refund(refundReference, AMOUNT);

    // then
    assertThat(first).isInstanceOf(RefundAnswer.Refunded.class);
    assertThat(again).isEqualTo(first);
  }

  @Test
  void refundsInPartsButNeverMoreThanTheCharge() throws Exception {
    // given
    approved();

    // when
    RefundAnswer first = refund(newReference(), 400);
    RefundAnswer tooMuch = refund(newReference(), AMOUNT - 399);
    RefundAnswer rest = refund(newReference(), AMOUNT - 400);

    // then
    assertThat(first).isInstanceOf(RefundAnswer.Refunded.class);
    assertThat(tooMuch).isInstanceOf(RefundAnswer.Failed.class);
    assertThat(rest).isInstanceOf(RefundAnswer.Refunded.class);
  }

  @Test
  void refundsNothingThatWasNotCharged() throws Exception {
    assertThat(refund(newReference(), 1)).isInstanceOf(RefundAnswer.Failed.class);
  }

  /** A thread of the engine's that does not come back is lost for good. */
  @Test
  void comesBackByItselfFromAProviderThatNeverAnswers() throws Exception {
    try (SilentProvider provider = SilentProvider.start()) {
      PaymentGateway silent = adapter().silent().apply(provider.uri());
      ChargeRequest charge =
          new ChargeRequest(
              reference,
              new UUID(0, 1),
              AMOUNT,
              adapter().currency(),
              "credit_card",
              adapter().approvedCard());

      comesBackWithoutAnAnswer(silent, () -> silent.charge(charge), ChargeAnswer.Unknown.class);
      comesBackWithoutAnAnswer(silent, () -> silent.lookUp(reference), ChargeAnswer.Unknown.class);
      comesBackWithoutAnAnswer(silent, () -> silent.cancel(reference), CancelAnswer.Unknown.class);
      comesBackWithoutAnAnswer(
          silent,
          () ->
              silent.refund(
                  new RefundRequest(newReference(), reference, AMOUNT, adapter().currency())),
          RefundAnswer.Unknown.class);
    }
  }

  private static void comesBackWithoutAnAnswer(
      PaymentGateway silent, Callable<?> call, Class<?> unknown) {
    Duration limit = silent.callTimeout().plusMinutes(1); // the machine may be busy
    CompletableFuture<Object> answer = new CompletableFuture<>();
    Thread caller = new Thread(() -> answer.complete(answerOf(call)), "silent-gateway");
    caller.setDaemon(true);
    caller.start();
    await("it said that each call returns within " + silent.callTimeout())
        .atMost(limit)
        .until(answer::isDone);
    assertThat(answer.join())
        .as("where no answer came")
        .isInstanceOfAny(unknown, Exception.class)
        .isNotInstanceOf(InterruptedException.class);
  }

  private static Object answerOf(Callable<?> call) {
    try {
      return call.call();
    } catch (Exception e) {
      return e;
    }
  }

  @Test
  void tellsWithinWhichTimeItsCallsReturn() {
    assertThat(gateway().callTimeout())
        .isPositive()
        .as("or each slow call costs a thread")
        .isLessThan(OrderOptions.DEFAULT.paymentTimeout());
  }

  @Test
  void looksARefundUpOrSaysThatItCannot() throws Exception {
    // given
    approved();
    String refundReference = newReference();
    RefundAnswer refunded = refund(refundReference, AMOUNT);

    // when
    RefundAnswer found = gateway().lookUpRefund(refundReference);

    // then: who says "refunded" here keeps a refund from being paid twice
    if (!(found instanceof RefundAnswer.Unsupported)) {
      assertThat(found).isEqualTo(refunded);
    }
  }

  @Test
  void doesNotTakeAnUnknownRefundForOneThatWasPaid() throws Exception {
    // given
    approved();

    // when
    RefundAnswer answer = gateway().lookUpRefund(newReference());

    // then: "not found" has it sent again, "unsupported" leaves it to an operator
    assertThat(answer).isInstanceOfAny(RefundAnswer.NotFound.class, RefundAnswer.Unsupported.class);
  }

  @Test
  void tellsForHowLongItFoldsAndHowLateARequestMayArrive() {
    assertThat(gateway().idempotencyWindow()).isPositive();
    assertThat(gateway().requestLifetime()).isPositive();
    assertThat(gateway().idempotencyWindow())
        .as("a repeat within the life of a request must be folded")
        .isGreaterThanOrEqualTo(gateway().requestLifetime());
  }
}
