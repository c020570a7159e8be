package com.techcorp.payment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One charge of one order.
 *
 * @param id its id; as text, our reference and idempotency key at the provider
 * @param orderId whose
 * @param amount minor units
 * @param currency ISO 4217
 * @param method such as {@code credit_card}
 * @param status its state
 * @param providerRef the provider's own reference, once known
 * @param declineCode why it was declined, or null
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
    Instant createdAt,
    Instant updatedAt) {}
