package com.techcorp.payment.spi;

import com.techcorp.payment.Amount;
import com.techcorp.payment.TransactionStatus;
import java.util.UUID;

/**
 * The state of a charge as {@link PaymentRules} need it.
 *
 * @param id the charge
 * @param orderId whose
 * @param charged what was taken, if that is known to differ, else what was asked for
 * @param status its state
 * @param promised the sum of its refunds, in minor units; one that FAILED counts: it is tried again
 * @param returned the sum of those that SUCCEEDED
 */
public record ChargeState(
    UUID id, UUID orderId, Amount charged, TransactionStatus status, long promised, long returned) {
  ChargeState as(TransactionStatus changed) {
    return new ChargeState(id, orderId, charged, changed, promised, returned);
  }

  ChargeState taken(Amount amount) {
    return new ChargeState(id, orderId, amount, status, promised, returned);
  }

  ChargeState promising(long more) {
    return new ChargeState(id, orderId, charged, status, promised + more, returned);
  }

  ChargeState returning(long more) {
    long back = returned + more;
    TransactionStatus changed =
        back < charged.minorUnits()
            ? TransactionStatus.PARTIALLY_REFUNDED
            : TransactionStatus.REFUNDED;
    return new ChargeState(id, orderId, charged, changed, promised, back);
  }

  boolean allows(Amount refund) {
    return charged.currency().equals(refund.currency())
        && refund.minorUnits() <= charged.minorUnits() - promised;
  }
}
