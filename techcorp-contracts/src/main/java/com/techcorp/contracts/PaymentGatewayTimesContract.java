package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.order.OrderOptions;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.PaymentGateway.CancelAnswer;
import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import com.techcorp.payment.PaymentGateway.ChargeRequest;
import com.techcorp.payment.PaymentGateway.RefundAnswer;
import com.techcorp.payment.PaymentGateway.RefundRequest;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Within which times a {@link PaymentGateway} returns, folds repeats, and lets a request arrive.
 */
public abstract class PaymentGatewayTimesContract extends PaymentGatewayScenario {
  /** For subclasses. */
  protected PaymentGatewayTimesContract() {}

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
  void tellsForHowLongItFoldsAndHowLateARequestMayArrive() {
    assertThat(gateway().idempotencyWindow()).isPositive();
    assertThat(gateway().requestLifetime()).isPositive();
    assertThat(gateway().idempotencyWindow())
        .as("a repeat within the life of a request must be folded")
        .isGreaterThanOrEqualTo(gateway().requestLifetime());
  }
}
