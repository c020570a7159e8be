package com.techcorp.payment.spi;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of an accepted {@link PaymentEffect}.
 *
 * @param charge the charge afterwards; null: it stays as it is
 * @param refund the refund afterwards; null: none changes
 */
public record PaymentOutcome(@Nullable ChargeState charge, @Nullable RefundState refund) {
  static final PaymentOutcome NONE = new PaymentOutcome(null, null);
}
