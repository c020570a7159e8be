package com.techcorp.payment.spi;

import com.techcorp.payment.Amount;
import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.payment.spi.PaymentEffect.Decide;
import com.techcorp.payment.spi.PaymentEffect.DecideRefund;
import com.techcorp.payment.spi.PaymentEffect.Open;
import com.techcorp.payment.spi.PaymentEffect.OpenRefund;
import com.techcorp.payment.spi.PaymentEffect.RequireApproved;
import com.techcorp.payment.spi.PaymentEffect.Taken;
import com.techcorp.storage.Decision;
import java.util.Set;

/**
 * Decides what a {@link PaymentEffect} does to charges and refunds, or that it is refused. Pure
 * functions: a storage loads the state, asks, and stores what follows.
 */
public final class PaymentRules {
  private static final Set<TransactionStatus> DEAD =
      Set.of(TransactionStatus.DECLINED, TransactionStatus.VOIDED, TransactionStatus.REFUNDED);
  private static final Set<TransactionStatus> REFUNDABLE =
      Set.of(TransactionStatus.APPROVED, TransactionStatus.PARTIALLY_REFUNDED);
  private static final Set<TransactionStatus> TAKES =
      Set.of(TransactionStatus.ABANDONED, TransactionStatus.APPROVED);

  private PaymentRules() {}

  /**
   * Returns whether a charge in this state has taken money, or still may. An order has one such
   * charge at the most.
   *
   * @param status the state
   * @return true unless it is DECLINED, VOIDED or REFUNDED
   */
  public static boolean isLive(TransactionStatus status) {
    return !DEAD.contains(status);
  }

  /**
   * Returns whether a change may bring a charge back to life: then its order must have no other.
   *
   * @param decide the change
   * @return whether it leads from a state that is not live to one that is
   */
  public static boolean mayRevive(Decide decide) {
    return isLive(decide.to()) && decide.from().stream().anyMatch(DEAD::contains);
  }

  /**
   * Decides whether a payment effect is accepted, and its outcome.
   *
   * @param effect what is asked
   * @param now what is recorded
   * @return what follows, or the refusal that the effect's type documents
   */
  public static Decision<PaymentOutcome> decide(PaymentEffect effect, PaymentState now) {
    if (effect instanceof Open open) {
      return open(open, now);
    } else if (effect instanceof Decide decide) {
      return decide(decide, now);
    } else if (effect instanceof Taken taken) {
      return taken(taken, now);
    } else if (effect instanceof RequireApproved required) {
      return requireApproved(required, now);
    } else if (effect instanceof OpenRefund refund) {
      return openRefund(refund, now);
    } else if (effect instanceof DecideRefund decide) {
      return decideRefund(decide, now);
    }
    return Decision.accept(PaymentOutcome.NONE); // what a provider said is never refused
  }

  private static Decision<PaymentOutcome> open(Open open, PaymentState now) {
    if (now.liveCharge(open.orderId()) != null || now.charge(open.id()) != null) {
      return refuse("order " + open.orderId() + " has a live charge");
    }
    Amount asked = new Amount(open.amount(), open.currency());
    return accept(
        new ChargeState(open.id(), open.orderId(), asked, TransactionStatus.PENDING, 0, 0));
  }

  private static Decision<PaymentOutcome> decide(Decide decide, PaymentState now) {
    ChargeState charge = now.charge(decide.id());
    if (charge == null || !decide.from().contains(charge.status())) {
      String is = charge == null ? "unknown" : charge.status().name();
      return refuse("charge " + decide.id() + " is " + is + ", not in " + decide.from());
    }
    ChargeState decided = charge.as(decide.to());
    return meetsAnother(charge, decided, now) ? another(charge) : accept(decided);
  }

  /** Returns whether a charge comes back to life while its order has a live one. */
  private static boolean meetsAnother(ChargeState before, ChargeState after, PaymentState now) {
    return !isLive(before.status())
        && isLive(after.status())
        && now.liveCharge(before.orderId()) != null;
  }

  private static Decision<PaymentOutcome> another(ChargeState charge) {
    return refuse("order " + charge.orderId() + " has another live charge");
  }

  private static Decision<PaymentOutcome> taken(Taken taken, PaymentState now) {
    ChargeState charge = now.charge(taken.id());
    return charge != null && TAKES.contains(charge.status()) && charge.promised() == 0
        ? accept(charge.taken(taken.amount()))
        : refuse("charge " + taken.id() + " stands, or goes back already");
  }

  private static Decision<PaymentOutcome> requireApproved(
      RequireApproved required, PaymentState now) {
    ChargeState charge = now.liveCharge(required.orderId());
    return charge != null && charge.status() == TransactionStatus.APPROVED
        ? Decision.accept(PaymentOutcome.NONE)
        : refuse("order " + required.orderId() + " has no approved charge");
  }

  private static Decision<PaymentOutcome> openRefund(OpenRefund refund, PaymentState now) {
    if (now.refund(refund.id()) != null) {
      return refuse("refund " + refund.id() + " is recorded already");
    }
    ChargeState charge = now.charge(refund.transactionId());
    Amount back = new Amount(refund.amount(), refund.currency());
    if (charge == null || !REFUNDABLE.contains(charge.status()) || !charge.allows(back)) {
      return refuse("charge " + refund.transactionId() + " has not that much left to refund");
    }
    return Decision.accept(
        new PaymentOutcome(
            charge.promising(refund.amount()),
            new RefundState(refund.id(), charge.id(), refund.amount(), RefundStatus.PENDING)));
  }

  private static Decision<PaymentOutcome> decideRefund(DecideRefund decide, PaymentState now) {
    RefundState refund = now.refund(decide.id());
    ChargeState charge = refund == null ? null : now.charge(refund.transactionId());
    if (refund == null || charge == null || refund.status() == RefundStatus.SUCCEEDED) {
      return refuse(
          "refund " + decide.id() + " is " + (refund == null ? "unknown" : refund.status()));
    }
    RefundState decided =
        new RefundState(refund.id(), refund.transactionId(), refund.amount(), decide.to());
    if (decide.to() != RefundStatus.SUCCEEDED) {
      return Decision.accept(new PaymentOutcome(null, decided));
    }
    ChargeState returned = charge.returning(refund.amount());
    return meetsAnother(charge, returned, now)
        ? another(charge)
        : Decision.accept(new PaymentOutcome(returned, decided));
  }

  private static Decision<PaymentOutcome> accept(ChargeState charge) {
    return Decision.accept(new PaymentOutcome(charge, null));
  }

  private static Decision<PaymentOutcome> refuse(String message) {
    return Decision.refuse(PaymentEffect.PAYMENT_STATE, message);
  }
}
