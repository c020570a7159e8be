package com.techcorp.payment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Money that goes back.
 *
 * @param id its id; as text, our reference at the provider
 * @param transactionId the charge
 * @param amount minor units
 * @param currency ISO 4217
 * @param status its state
 * @param providerRef the provider's own reference, once known
 * @param createdAt when it was recorded
 * @param updatedAt when its state last changed
 */
public record Refund(
    UUID id,
    UUID transactionId,
    long amount,
    String currency,
    RefundStatus status,
    @Nullable String providerRef,
    Instant createdAt,
    Instant updatedAt) {}
