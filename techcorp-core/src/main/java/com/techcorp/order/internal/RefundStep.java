package com.techcorp.order.internal;

import com.techcorp.error.TokenRedaction;
import com.techcorp.order.OrderOptions;
import com.techcorp.payment.Amount;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.PaymentGateway.RefundAnswer;
import com.techcorp.payment.PaymentGateway.RefundRequest;
import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.spi.PaymentEffect;
import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.StepResult;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a refund so that it is paid once. While the provider recognizes repeats of its reference it
 * is simply sent again; after that only if the provider, asked, does not know it and no request can
 * still arrive. Each send is noted in the saga's data before it leaves.
 */
final class RefundStep {
  private static final Logger log = LoggerFactory.getLogger(RefundStep.class);

  private final PaymentGateway gateway;
  private final OrderOptions options;
  private final BiFunction<ReversalData, String, StepResult<ReversalData>> refunded;

  RefundStep(
      PaymentGateway gateway,
      OrderOptions options,
      BiFunction<ReversalData, String, StepResult<ReversalData>> refunded) {
    this.gateway = gateway;
    this.options = options;
    this.refunded = refunded;
  }

  RemoteStep<ReversalData> named(String name) {
    return RemoteStep.<ReversalData>named(name, this::send)
        .calling(CalledServices.PAYMENTS)
        .noting((d, call) -> d.sending(call.age(), call.undecided()))
        .asking(this::ask)
        .forcedBy((d, call) -> refunded.apply(d, "by hand"))
        .retrying(options.refundRetry())
        .thenPark()
        .callTimeout(options.paymentTimeout());
  }

  private StepResult<ReversalData> send(ReversalData d, RemoteCall.Context call) throws Exception {
    UUID refundId = d.refundId();
    if (refundId == null) {
      return StepResult.done(d);
    }
    RefundAnswer answer =
        gateway.refund(
            new RefundRequest(
                refundId.toString(), d.transactionId().toString(), d.amount(), d.currency()));
    if (answer instanceof RefundAnswer.Refunded done) {
      return done(d, refundId, done);
    }
    if (answer instanceof RefundAnswer.Failed failed) {
      return StepResult.retry(
          failed.reason(), new PaymentEffect.DecideRefund(refundId, RefundStatus.FAILED, null));
    }
    return StepResult.unknown(
        answer instanceof RefundAnswer.Unknown unknown
            ? unknown.reason()
            : "the gateway answered a refund with " + answer);
  }

  /** Another amount than asked for cannot be put right by sending more: that is for a person. */
  private StepResult<ReversalData> done(
      ReversalData d, UUID refundId, RefundAnswer.Refunded answer) {
    String ref = TokenRedaction.NONE.identifier(answer.providerRef());
    Amount told = answer.amount();
    String unusable = Amounts.unusable(told);
    if (unusable != null) {
      return StepResult.unknown(unusable);
    }
    if (told == null || told.equals(d.whole())) {
      return refunded.apply(d, ref);
    }
    String what = "the provider refunded " + told + " instead of " + d.whole() + ", as " + ref;
    log.warn("Order {}: {}; refund {} is parked", d.orderId(), what, refundId);
    return StepResult.parked(what + ": put it right there, then force the refund's completion");
  }

  /**
   * Asks the provider about the refund that was sent. "Send it again" is the engine's answer to a
   * retry.
   */
  private StepResult<ReversalData> ask(ReversalData d, RemoteCall.Context call) throws Exception {
    UUID refundId = d.refundId();
    ReversalData.Sent sent = d.sent();
    if (refundId == null || sent == null) {
      return StepResult.retry("it was never sent");
    }
    if (call.age().compareTo(sent.first().plus(gateway.idempotencyWindow())) < 0) {
      return StepResult.retry("the provider recognizes repeats: it is sent again");
    }
    RefundAnswer answer = gateway.lookUpRefund(refundId.toString());
    if (answer instanceof RefundAnswer.Refunded done) {
      return done(d, refundId, done);
    }
    if (answer instanceof RefundAnswer.NotFound) {
      return notFound(sent, call);
    }
    return answer instanceof RefundAnswer.Unsupported
        ? StepResult.parked(
            afterTheWindow()
                + ", and the gateway cannot look refunds up: find refund "
                + refundId
                + " at the provider")
        : StepResult.unknown(undecided(answer));
  }

  /** A call may leave as late as its time-out, and its request arrive as late as its lifetime. */
  private StepResult<ReversalData> notFound(ReversalData.Sent sent, RemoteCall.Context call) {
    Duration dead = sent.last().plus(options.paymentTimeout()).plus(gateway.requestLifetime());
    return call.age().compareTo(dead) < 0
        ? StepResult.unknown(
            afterTheWindow() + ": the provider does not know it, but it may still arrive")
        : StepResult.retry("the provider does not know it: it is sent once more");
  }

  private String undecided(RefundAnswer answer) {
    String said = "the look-up gave " + answer;
    if (answer instanceof RefundAnswer.Failed failed) {
      said = "the provider has it as failed: " + failed.reason();
    } else if (answer instanceof RefundAnswer.Unknown unknown) {
      said = unknown.reason();
    }
    return afterTheWindow() + ": " + said;
  }

  private String afterTheWindow() {
    return "it was sent, not answered, and not sent again after the idempotency window of "
        + gateway.idempotencyWindow();
  }
}
