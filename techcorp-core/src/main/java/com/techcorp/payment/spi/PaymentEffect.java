package com.techcorp.payment.spi;

import com.techcorp.payment.Amount;
import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.storage.Effect;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A write to payments. Each change of state is a compare-and-set, which {@link PaymentRules}
 * decide.
 */
public sealed interface PaymentEffect extends Effect {
  /** Refusal: the charge or refund is not in a state that allows this. */
  String PAYMENT_STATE = "PAYMENT_STATE";

  /**
   * Records a charge as PENDING, before it is sent. Refused with {@link #PAYMENT_STATE} if the
   * order has a live charge, or if a charge with this id is recorded already.
   *
   * @param id the charge
   * @param orderId whose
   * @param amount minor units; more than 0, for an order over nothing has no charge
   * @param currency ISO 4217
   * @param method such as {@code credit_card}
   */
  record Open(UUID id, UUID orderId, long amount, String currency, String method)
      implements PaymentEffect {
    /** Checks that the amount is positive. */
    public Open {
      positive("a charge", amount);
    }
  }

  /**
   * Changes a charge's state. Refused with {@link #PAYMENT_STATE} unless it is in one of {@code
   * from}, or if it would be live again beside another of the order.
   *
   * @param id the charge
   * @param from the states it may be in
   * @param to its new state
   * @param providerRef the provider's reference; null: unchanged
   * @param declineCode why it was declined, or null
   */
  record Decide(
      UUID id,
      Set<TransactionStatus> from,
      TransactionStatus to,
      @Nullable String providerRef,
      @Nullable String declineCode)
      implements PaymentEffect {
    /** Makes an unmodifiable copy of the states. */
    public Decide {
      from = Set.copyOf(from);
    }
  }

  /**
   * Records what the provider took where that is not what it was asked for: from here on it is what
   * refunds may come to, and in which currency. Refused with {@link #PAYMENT_STATE} unless the
   * charge is ABANDONED or APPROVED and has no refund.
   *
   * @param id the charge
   * @param amount what was taken; not negative
   */
  record Taken(UUID id, Amount amount) implements PaymentEffect {
    /** Checks that the amount is not negative. */
    public Taken {
      if (amount.minorUnits() < 0) {
        throw new IllegalArgumentException("nobody takes less than 0, was " + amount);
      }
    }
  }

  /**
   * Refused with {@link #PAYMENT_STATE} unless the order has an APPROVED charge; writes nothing.
   *
   * @param orderId whose
   */
  record RequireApproved(UUID orderId) implements PaymentEffect {}

  /**
   * Records a refund as PENDING, before it is sent. Refused with {@link #PAYMENT_STATE} if it and
   * the charge's other refunds would exceed what was {@link Taken} (one that FAILED counts: it is
   * tried again), if its currency is another, if the charge is neither APPROVED nor
   * PARTIALLY_REFUNDED, or if a refund with this id is recorded already.
   *
   * @param id the refund
   * @param transactionId the charge
   * @param amount minor units; more than 0
   * @param currency ISO 4217
   */
  record OpenRefund(UUID id, UUID transactionId, long amount, String currency)
      implements PaymentEffect {
    /** Checks that the amount is positive. */
    public OpenRefund {
      positive("a refund", amount);
    }
  }

  /**
   * Changes a refund's state. Refused with {@link #PAYMENT_STATE} if it has SUCCEEDED already, or
   * if its charge would be live again beside another of the order.
   *
   * <p>When it SUCCEEDED its charge becomes REFUNDED, or PARTIALLY_REFUNDED if some is left.
   *
   * @param id the refund
   * @param to its new state
   * @param providerRef the provider's reference; null: unchanged
   */
  record DecideRefund(UUID id, RefundStatus to, @Nullable String providerRef)
      implements PaymentEffect {}

  /**
   * Records what the provider answered to a process that no longer owns the charge's saga. Never
   * refused and never changed afterwards; the saga's owner reads it ({@link
   * PaymentLedger#reported}) and decides. The charge itself stays as it is.
   *
   * @param transactionId the charge
   * @param status {@link TransactionStatus#APPROVED} or {@link TransactionStatus#DECLINED}
   * @param providerRef the provider's reference of an approved charge, or null
   * @param declineCode why it was declined, or null
   * @param taken what the provider took, if that is not what it was asked for, or null
   */
  record Report(
      UUID transactionId,
      TransactionStatus status,
      @Nullable String providerRef,
      @Nullable String declineCode,
      @Nullable Amount taken)
      implements PaymentEffect {
    /** Checks that the answer is definite. */
    public Report {
      if (status != TransactionStatus.APPROVED && status != TransactionStatus.DECLINED) {
        throw new IllegalArgumentException(
            "only APPROVED or DECLINED is a definite answer, was " + status);
      }
    }
  }

  private static void positive(String what, long amount) {
    if (amount <= 0) {
      throw new IllegalArgumentException(what + " is over more than 0, was " + amount);
    }
  }
}
