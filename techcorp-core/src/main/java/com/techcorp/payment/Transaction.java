package com.techcorp.payment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One charge of one order.
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
   * What the provider told of a charge.
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
   * The charge in another state.
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
   * How much the provider was asked for.
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
   * The provider's own reference.
   *
   * @return the reference, or null if it is not known
   */
  public @Nullable String providerRef() {
    return answer.providerRef;
  }

  /**
   * Why it was declined.
   *
   * @return a code, or null
   */
  public @Nullable String declineCode() {
    return answer.declineCode;
  }

  /**
   * What the provider took, where that is not what it was asked for.
   *
   * @return another amount, or null
   */
  public @Nullable Amount taken() {
    return answer.taken;
  }

  /**
   * What goes back if the charge is refunded whole.
   *
   * @return what was taken if that is known to differ, else what was asked for
   */
  public Amount charged() {
    return answer.taken == null ? asked : answer.taken;
  }
}
