package com.techcorp.order.internal;

import com.techcorp.error.Failure;
import com.techcorp.order.OrderOptions;
import com.techcorp.payment.Amount;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import com.techcorp.payment.PaymentGateway.ChargeRequest;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.payment.spi.PaymentEffect;
import com.techcorp.payment.spi.PaymentLedger;
import com.techcorp.payment.spi.PaymentReport;
import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.StepResult;
import com.techcorp.storage.Effect;
import java.util.ArrayList;
import java.util.List;

/** Charges an order once, and finds out what became of a charge that was not answered. */
final class PayStep {
  private final PaymentGateway gateway;
  private final PaymentLedger payments;
  private final ReversalSaga reversal;
  private final OrderStock stock;
  private final OrderOptions options;
  private final ChargeAnswers answers;

  PayStep(
      PaymentGateway gateway,
      PaymentLedger payments,
      ReversalSaga reversal,
      OrderStock stock,
      OrderOptions options) {
    this.gateway = gateway;
    this.payments = payments;
    this.reversal = reversal;
    this.stock = stock;
    this.options = options;
    this.answers = new ChargeAnswers(reversal);
  }

  RemoteStep<OrderSagaData> named(String name) {
    return RemoteStep.<OrderSagaData>named(name, this::charge)
        .calling(CalledServices.PAYMENTS)
        .onlyIf(d -> !d.free())
        .before(this::openCharge)
        .asking(this::lookUp)
        .forcedBy(this::verify)
        .whenUndecided(d -> List.of(ChargeAnswers.decide(d, TransactionStatus.UNKNOWN, null, null)))
        .whenNotSent(
            (d, why) -> List.of(ChargeAnswers.decide(d, TransactionStatus.VOIDED, null, null)))
        .compensatedBy(this::takeBack)
        .abandonedBy((d, why) -> abandon(d))
        .reportedBy(this::report)
        .decideWithin(d -> options.holdCap())
        .retrying(options.paymentRetry())
        .callTimeout(options.paymentTimeout());
  }

  private List<Effect> openCharge(OrderSagaData d) {
    return List.of(
        new PaymentEffect.Open(
            d.transactionId(), d.orderId(), d.amount(), d.currency(), d.method()));
  }

  private StepResult<OrderSagaData> charge(OrderSagaData d, RemoteCall.Context call)
      throws Exception {
    ChargeAnswer answer =
        gateway.charge(
            new ChargeRequest(
                reference(d), d.orderId(), d.amount(), d.currency(), d.method(), d.cardToken()));
    return answer instanceof ChargeAnswer.NotFound
        ? StepResult.unknown(
            "the gateway answered a charge with NotFound, which only a look-up may")
        : answers.result(d, answer);
  }

  /**
   * Looks up the charge; an answer that a fenced process reported comes first, because the provider
   * may no longer, or not yet, know the charge. "Not found" is sent again only while the provider
   * still recognizes repeats of our key.
   */
  private StepResult<OrderSagaData> lookUp(OrderSagaData d, RemoteCall.Context call)
      throws Exception {
    PaymentReport report = payments.reported(d.transactionId()).orElse(null);
    if (report != null) {
      return answers.result(d, told(report));
    }
    stock.keep(d, call);
    ChargeAnswer answer = gateway.lookUp(reference(d));
    boolean folds = call.age().compareTo(gateway.idempotencyWindow()) < 0;
    if (answer instanceof ChargeAnswer.NotFound && folds) {
      return StepResult.retry("the provider does not know the charge: it is sent again");
    }
    if (answer instanceof ChargeAnswer.NotSent notSent) {
      return StepResult.unknown("the look-up failed: " + notSent.reason());
    }
    return answers.result(d, answer);
  }

  private static ChargeAnswer told(PaymentReport report) {
    return report.status() == TransactionStatus.APPROVED
        ? new ChargeAnswer.Approved(String.valueOf(report.providerRef()), report.taken())
        : new ChargeAnswer.Declined(String.valueOf(report.declineCode()));
  }

  /**
   * The answer came to a process that no longer owns the order. An approval also starts a reversal:
   * it finds nothing to do if the order's saga takes the charge, and gives the money back if the
   * order is cancelled and its charge was thought dead.
   */
  private List<Effect> report(OrderSagaData d, StepResult<OrderSagaData> answer) {
    PaymentEffect.Decide decided = null;
    Amount taken = null;
    for (Effect effect : answer.effects()) {
      if (effect instanceof PaymentEffect.Decide found) {
        decided = found;
      } else if (effect instanceof PaymentEffect.Taken another) {
        taken = another.amount();
      }
    }
    if (decided == null) {
      return List.of();
    }
    boolean moneyMoved = decided.to() == TransactionStatus.APPROVED || taken != null;
    List<Effect> effects = new ArrayList<>();
    effects.add(
        new PaymentEffect.Report(
            d.transactionId(),
            moneyMoved ? TransactionStatus.APPROVED : decided.to(),
            decided.providerRef(),
            decided.declineCode(),
            taken));
    if (moneyMoved) {
      effects.addAll(reversal.watch(d.orderId(), d.transactionId(), d.amount(), d.currency()));
    }
    return effects;
  }

  /** An operator may say that it is paid; the provider must say so too. */
  private StepResult<OrderSagaData> verify(OrderSagaData d, RemoteCall.Context call)
      throws Exception {
    ChargeAnswer answer = gateway.lookUp(reference(d));
    return answer instanceof ChargeAnswer.Approved
        ? answers.result(d, answer)
        : StepResult.unknown("not forced: the provider does not confirm the charge");
  }

  /** Taken as done by an operator, but no money is known to have come. */
  private List<Effect> takeBack(OrderSagaData d, Failure why) {
    return d.paid() ? List.of() : abandon(d);
  }

  private List<Effect> abandon(OrderSagaData d) {
    List<Effect> effects = new ArrayList<>();
    effects.add(ChargeAnswers.decide(d, TransactionStatus.ABANDONED, null, null));
    effects.addAll(reversal.watch(d.orderId(), d.transactionId(), d.amount(), d.currency()));
    return effects;
  }

  private static String reference(OrderSagaData d) {
    return d.transactionId().toString();
  }
}
