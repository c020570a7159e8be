package com.techcorp.payment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One charge of one order.
 *
 * @param id its id; as text, our reference and idempotency key at the provider
 * @param orderId whose
 * @param amount what was asked for, in minor units
 * @param currency what was asked for, ISO 4217
 * @param method such as {@code credit_card}
 * @param status its state
 * @param providerRef the provider's own reference, once known
 * @param declineCode why it was declined, or null
 * @param taken what the provider took, where that is not what it was asked for, or null
 * @param createdAt when it was recorded
 * @param updatedAt when its state last changed
 */
public record Transaction(
    UUID id,
    UUID orderId,
    long amount,
    String currency,
    String method,
    TransactionStatus status,
    @Nullable String providerRef,
    @Nullable String declineCode,
    @Nullable Amount taken,
    Instant createdAt,
    Instant updatedAt) {
  /**
   * What was asked for.
   *
   * @return amount and currency
   */
  public Amount asked() {
    return new Amount(amount, currency);
  }

  /**
   * What goes back if the charge is refunded whole.
   *
   * @return what was taken if that is known to differ, else what was asked for
   */
  public Amount charged() {
    return taken == null ? asked() : taken;
  }
}
