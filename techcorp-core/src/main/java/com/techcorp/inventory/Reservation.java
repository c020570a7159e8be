package com.techcorp.inventory;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A product of an order's reservation.
 *
 * @param id its id
 * @param orderId whose
 * @param productId the product
 * @param quantity units
 * @param status its state
 * @param expiresAt when it may be given back unless a payment pins it
 * @param createdAt when it was made
 * @param holdToken the token of the order's saga that made it; null: a host made it
 */
public record Reservation(
    UUID id,
    UUID orderId,
    UUID productId,
    long quantity,
    ReservationStatus status,
    Instant expiresAt,
    Instant createdAt,
    @Nullable UUID holdToken) {}
