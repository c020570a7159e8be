package com.techcorp.order.internal;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.error.TokenRedaction;
import com.techcorp.order.Order;
import com.techcorp.order.OrderStatus;
import com.techcorp.payment.Amount;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.PaymentGateway.CancelAnswer;
import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import com.techcorp.payment.Transaction;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.payment.spi.PaymentEffect;
import com.techcorp.payment.spi.PaymentReport;
import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.StepResult;
import com.techcorp.storage.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what became of a charge that is not to stand, prevents or voids it if the provider can,
 * and opens the refund of what was taken.
 */
final class Settlement {
  private static final Logger log = LoggerFactory.getLogger(Settlement.class);

  private static final Set<TransactionStatus> ABANDONED = Set.of(TransactionStatus.ABANDONED);

  /** Given up, or thought dead: the order's own saga does not touch it any more. */
  private static final Set<TransactionStatus> LEFT =
      Set.of(TransactionStatus.ABANDONED, TransactionStatus.VOIDED, TransactionStatus.DECLINED);

  private static final Set<TransactionStatus> OPEN =
      Set.of(TransactionStatus.PENDING, TransactionStatus.UNKNOWN);

  private final PaymentGateway gateway;
  private final ReversalRecords records;
  private final Traces traces;

  Settlement(PaymentGateway gateway, ReversalRecords records, Traces traces) {
    this.gateway = gateway;
    this.records = records;
    this.traces = traces;
  }

  /**
   * A charge that the order's saga still decides is left to it, and so is one that it took: this
   * never cancels or refunds what a confirmed order was paid with.
   */
  StepResult<ReversalData> settle(ReversalData d, RemoteCall.Context call) throws Exception {
    Transaction charge = records.charge(d);
    if (OPEN.contains(charge.status())) {
      return StepResult.unknown("the order's own saga decides about its charge first");
    }
    if (!LEFT.contains(charge.status())) {
      return accepted(d, charge);
    }
    boolean known = charge.taken() != null && records.order(d).status() == OrderStatus.CANCELLED;
    return known && !d.charged() ? StepResult.done(d.surelyCharged()) : settleLeft(d, charge, call);
  }

  /** The order took it as paid; that another amount was taken may have been reported too late. */
  private StepResult<ReversalData> accepted(ReversalData d, Transaction charge) {
    Amount reported = records.reported(d).map(PaymentReport::taken).orElse(null);
    if (reported == null || reported.equals(charge.charged())) {
      return StepResult.done(d);
    }
    return d.charged()
        ? StepResult.parked(
            "the provider reported that it took "
                + reported
                + " instead of "
                + charge.charged()
                + ", when the order had been taken as paid: settle it with the customer by hand")
        : StepResult.done(d.surelyCharged());
  }

  private StepResult<ReversalData> settleLeft(
      ReversalData d, Transaction charge, RemoteCall.Context call) throws Exception {
    CancelAnswer cancelled = gateway.cancel(d.transactionId().toString());
    if (cancelled instanceof CancelAnswer.Cancelled) {
      return never(d, charge, TransactionStatus.VOIDED);
    }
    CancelAnswer.AlreadyCharged charged =
        cancelled instanceof CancelAnswer.AlreadyCharged already ? already : null;
    if (charged != null && Amounts.unusable(charged.amount()) == null) {
      return charged(d, charge, charged.providerRef(), charged.amount());
    }
    ChargeAnswer answer = gateway.lookUp(d.transactionId().toString());
    if (answer instanceof ChargeAnswer.Approved approved) {
      return charged(d, charge, approved.providerRef(), approved.amount());
    }
    if (charged != null) {
      return charged(d, charge, charged.providerRef(), charged.amount());
    }
    return charge.taken() == null ? notCharged(d, charge, call, answer) : letGo(d, charge, answer);
  }

  /** Handles a charge that was given up without an answer. */
  private StepResult<ReversalData> notCharged(
      ReversalData d, Transaction charge, RemoteCall.Context call, ChargeAnswer answer) {
    if (answer instanceof ChargeAnswer.Declined) {
      return never(d, charge, TransactionStatus.DECLINED);
    }
    boolean tooLateToArrive = call.age().compareTo(gateway.requestLifetime()) > 0;
    if (answer instanceof ChargeAnswer.NotFound && tooLateToArrive) {
      return never(d, charge, TransactionStatus.VOIDED);
    }
    return StepResult.unknown("an abandoned charge may still arrive: " + answer);
  }

  /** The provider once said that it took money: only "declined" says that it gave that back. */
  private StepResult<ReversalData> letGo(ReversalData d, Transaction charge, ChargeAnswer answer) {
    return answer instanceof ChargeAnswer.Declined
        ? never(d, charge, TransactionStatus.VOIDED)
        : StepResult.unknown("the provider took " + charge.taken() + ", and now says " + answer);
  }

  /**
   * The provider keeps nothing. If it once told a fenced process that it had charged, the charge is
   * VOIDED under that reference: so everyone can see that the money went back, and how.
   */
  private StepResult<ReversalData> never(
      ReversalData d, Transaction charge, TransactionStatus decided) {
    PaymentReport approval =
        records
            .reported(d)
            .filter(report -> report.status() == TransactionStatus.APPROVED)
            .orElse(null);
    if (approval != null) {
      return StepResult.done(d, decide(d, LEFT, TransactionStatus.VOIDED, approval.providerRef()));
    }
    return charge.status() == TransactionStatus.ABANDONED
        ? StepResult.done(d, decide(d, ABANDONED, decided, null))
        : StepResult.done(d);
  }

  /** The provider has the money of an order that is not to have it. */
  private StepResult<ReversalData> charged(
      ReversalData d, Transaction charge, String providerRef, @Nullable Amount told) {
    String unusable = Amounts.unusable(told);
    if (unusable != null) {
      return d.charged() ? StepResult.unknown(unusable) : StepResult.done(d.surelyCharged());
    }
    Order order = records.order(d);
    if (order.status() != OrderStatus.CANCELLED) {
      return StepResult.unknown("charged late, but its order is still " + order.status());
    }
    Amount taken = told == null ? known(d, charge) : told;
    String ref = TokenRedaction.NONE.identifier(providerRef);
    if (!taken.equals(charge.asked())) {
      log.warn(
          "Order {}: the provider took {} instead of {}, as {}: the money goes back",
          d.orderId(),
          taken,
          charge.asked(),
          ref);
    }
    return taken.minorUnits() == 0
        ? never(d, charge, TransactionStatus.VOIDED)
        : refunding(d, charge, order, ref, taken);
  }

  /** Returns the amount as reported earlier, for a provider that does not report it each time. */
  private Amount known(ReversalData d, Transaction charge) {
    Amount reported =
        charge.taken() == null ? records.reported(d).map(PaymentReport::taken).orElse(null) : null;
    return reported == null ? charge.charged() : reported;
  }

  private StepResult<ReversalData> refunding(
      ReversalData d, Transaction charge, Order order, String providerRef, Amount taken) {
    UUID refundId = UuidCreator.getTimeOrderedEpoch();
    long amount = taken.minorUnits();
    List<Effect> effects = new ArrayList<>();
    effects.add(decide(d, LEFT, TransactionStatus.APPROVED, providerRef));
    if (!taken.equals(charge.charged())) {
      effects.add(new PaymentEffect.Taken(d.transactionId(), taken));
    }
    effects.add(
        new PaymentEffect.OpenRefund(refundId, d.transactionId(), amount, taken.currency()));
    effects.addAll(
        OrderEvents.of(order, traces)
            .paid(d.transactionId(), amount, taken.currency())
            .refundRequested(amount, taken.currency())
            .effects());
    return new StepResult.Done<>(d.refunding(refundId, taken), effects);
  }

  /** An operator says that the money went back, or that it was settled otherwise. */
  StepResult<ReversalData> reversedByHand(ReversalData d, RemoteCall.Context call) {
    Transaction charge = records.charge(d);
    return LEFT.contains(charge.status())
        ? never(d, charge, TransactionStatus.VOIDED)
        : StepResult.done(d);
  }

  private static PaymentEffect decide(
      ReversalData d,
      Set<TransactionStatus> from,
      TransactionStatus to,
      @Nullable String providerRef) {
    return new PaymentEffect.Decide(d.transactionId(), from, to, providerRef, null);
  }
}
