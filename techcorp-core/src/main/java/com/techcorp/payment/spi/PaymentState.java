package com.techcorp.payment.spi;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives {@link PaymentRules} the state of charges and refunds. */
public interface PaymentState {
  /**
   * Returns the state of a charge.
   *
   * @param id the charge
   * @return its state, or null
   */
  @Nullable ChargeState charge(UUID id);

  /**
   * Returns an order's live charge ({@link PaymentRules#isLive}); there is one at the most.
   *
   * @param orderId whose
   * @return its state, or null
   */
  @Nullable ChargeState liveCharge(UUID orderId);

  /**
   * Returns the state of a refund.
   *
   * @param id the refund
   * @return its state, or null
   */
  @Nullable RefundState refund(UUID id);
}
