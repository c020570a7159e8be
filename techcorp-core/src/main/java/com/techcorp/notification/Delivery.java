package com.techcorp.notification;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message to one recipient because of one event.
 *
 * @param id its id
 * @param eventId the event that caused it
 * @param orderId the order it is about
 * @param userId the customer
 * @param channel such as {@code email}
 * @param recipient such as an address
 * @param template the template's name
 * @param status its state
 * @param attempt how often sending was begun
 * @param lastError why the last attempt failed, or null
 * @param createdAt when it was queued
 * @param updatedAt when its state last changed
 */
public record Delivery(
    UUID id,
    UUID eventId,
    UUID orderId,
    UUID userId,
    String channel,
    String recipient,
    String template,
    DeliveryStatus status,
    int attempt,
    @Nullable String lastError,
    Instant createdAt,
    Instant updatedAt) {}
