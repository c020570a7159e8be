package com.techcorp.testkit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry in the books of a {@link SimulatedProvider}: something that happened there and stays. It
 * never holds a card token.
 *
 * @param kind what happened
 * @param reference the caller's reference of the charge
 * @param orderId whose, of a charge that arrived
 * @param amount minor units, of money that moved
 * @param currency of the amount
 * @param answer the provider's reference, or why it declined
 * @param refund the caller's reference of the refund
 */
record SimulatedEntry(
    Kind kind,
    String reference,
    @Nullable UUID orderId,
    long amount,
    @Nullable String currency,
    @Nullable String answer,
    @Nullable String refund) {
  /** The kinds of entries. */
  enum Kind {
    CHARGED,
    DECLINED,
    /** Refused before it arrived. */
    CANCELLED,
    REFUNDED,
    /** A charge that was taken back before it counted. */
    VOIDED,
    /** All keys: what comes again under one is new. */
    FORGOTTEN
  }
}
