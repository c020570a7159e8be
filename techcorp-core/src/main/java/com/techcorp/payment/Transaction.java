package com.techcorp.payment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A charge of an order.
 *
 * @param id its id; as text, our reference and idempotency key at the provider
 * @param orderId whose
 * @param asked what the provider was asked for
 * @param method such as {@code credit_card}
 * @param status its state
 * @param answer what the provider told of it
 * @param createdAt when it was recorded
 * @param updatedAt when its state last changed
 */
public record Transaction(
    UUID id,
    UUID orderId,
    Amount asked,
    String method,
    TransactionStatus status,
    Answer answer,
    Instant createdAt,
    Instant updatedAt) {
  /**
   * The provider's answer about a charge.
   *
   * @param providerRef the provider's own reference, once known
   * @param declineCode why it was declined, or null
   * @param taken what the provider took, where that is not what it was asked for, or null
   */
  public record Answer(
      @Nullable String providerRef, @Nullable String declineCode, @Nullable Amount taken) {
    /** The provider told nothing yet. */
    public static final Answer NONE = new Answer(null, null, null);
  }

  /**
   * Returns the charge in another state.
   *
   * @param to its state
   * @param told what the provider told of it
   * @param at when it changed
   * @return the charge as it stands then
   */
  public Transaction moved(TransactionStatus to, Answer told, Instant at) {
    return new Transaction(id, orderId, asked, method, to, told, createdAt, at);
  }

  /**
   * Returns how much the provider was asked for.
   *
   * @return minor units, such as cents
   */
  public long amount() {
    return asked.minorUnits();
  }

  /**
   * Returns the charge's currency.
   *
   * @return ISO 4217
   */
  public String currency() {
    return asked.currency();
  }

  /**
   * Returns the provider's own reference.
   *
   * @return the reference, or null if it is not known
   */
  public @Nullable String providerRef() {
    return answer.providerRef;
  }

  /**
   * Returns why it was declined.
   *
   * @return a code, or null
   */
  public @Nullable String declineCode() {
    return answer.declineCode;
  }

  /**
   * Returns the amount that the provider took, if it differs from the amount requested.
   *
   * @return another amount, or null
   */
  public @Nullable Amount taken() {
    return answer.taken;
  }

  /**
   * Returns the amount of a full refund.
   *
   * @return what was taken if that is known to differ, else what was asked for
   */
  public Amount charged() {
    return answer.taken == null ? asked : answer.taken;
  }
}
