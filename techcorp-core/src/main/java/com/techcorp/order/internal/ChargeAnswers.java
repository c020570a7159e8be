package com.techcorp.order.internal;

import com.techcorp.error.Failure;
import com.techcorp.error.TokenRedaction;
import com.techcorp.order.CancelReason;
import com.techcorp.payment.Amount;
import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.payment.spi.PaymentEffect;
import com.techcorp.saga.StepResult;
import com.techcorp.storage.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the gateway's answer to a charge means for its order. What was taken must be what was asked
 * for: anything else goes back, and the order is cancelled.
 *
 * @param reversal sends back what was taken and not asked for
 */
record ChargeAnswers(ReversalSaga reversal) {
  private static final Logger log = LoggerFactory.getLogger(ChargeAnswers.class);

  private static final Set<TransactionStatus> OPEN =
      Set.of(TransactionStatus.PENDING, TransactionStatus.UNKNOWN);

  /** Null comes from a gateway that is not as it should be: then nothing is known. */
  StepResult<OrderSagaData> result(OrderSagaData d, @Nullable ChargeAnswer answer) {
    if (answer instanceof ChargeAnswer.Approved approved) {
      String ref = TokenRedaction.of(d.secrets()).identifier(approved.providerRef());
      return approved(d, ref, approved.amount());
    }
    if (answer instanceof ChargeAnswer.Declined declined) {
      String code = TokenRedaction.of(d.secrets()).text(declined.code());
      return StepResult.rejected(
          new Failure(CancelReason.DECLINED, "the provider declined", Map.of("detail", code)),
          decide(d, TransactionStatus.DECLINED, null, code));
    }
    if (answer instanceof ChargeAnswer.NotSent notSent) {
      return StepResult.retry(notSent.reason());
    }
    if (answer instanceof ChargeAnswer.Unknown unknown) {
      return StepResult.unknown(unknown.reason());
    }
    return StepResult.unknown(
        answer == null
            ? "the gateway answered with null"
            : "the provider does not know the charge");
  }

  private StepResult<OrderSagaData> approved(OrderSagaData d, String ref, @Nullable Amount told) {
    String unusable = Amounts.unusable(told);
    if (unusable != null) {
      return StepResult.unknown(unusable);
    }
    Amount asked = new Amount(d.amount(), d.currency());
    if (told != null && !told.equals(asked)) {
      return mismatched(d, ref, asked, told);
    }
    List<Effect> effects = new ArrayList<>();
    effects.add(decide(d, TransactionStatus.APPROVED, ref, null));
    effects.addAll(
        OrderEvents.soFar(d).paid(d.transactionId(), d.amount(), d.currency()).effects());
    return new StepResult.Done<>(d.decided(true), effects);
  }

  /** Abandons a charge over another amount than agreed; a reversal sends the money back. */
  private StepResult<OrderSagaData> mismatched(
      OrderSagaData d, String ref, Amount asked, Amount taken) {
    String what = "the provider took " + taken + " instead of " + asked;
    log.warn(
        "Order {}: {}, as {}: the order is cancelled and the money goes back",
        d.orderId(),
        what,
        ref);
    List<Effect> effects = new ArrayList<>();
    effects.add(decide(d, TransactionStatus.ABANDONED, ref, null));
    effects.add(new PaymentEffect.Taken(d.transactionId(), taken));
    effects.addAll(reversal.watch(d.orderId(), d.transactionId(), d.amount(), d.currency()));
    return new StepResult.Rejected<>(
        new Failure(CancelReason.AMOUNT_MISMATCH, what, Map.of("detail", taken.toString())),
        effects);
  }

  /** Returns the effect that decides a charge which is still open. */
  static PaymentEffect decide(
      OrderSagaData d, TransactionStatus to, @Nullable String ref, @Nullable String code) {
    return new PaymentEffect.Decide(d.transactionId(), OPEN, to, ref, code);
  }
}
