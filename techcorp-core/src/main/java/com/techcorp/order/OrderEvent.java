package com.techcorp.order;

import com.techcorp.json.JsonObject;
import java.time.Instant;
import java.util.UUID;

/**
 * Something that happened to an order. Never changed, never deleted.
 *
 * @param orderId whose
 * @param seq counts the order's events from 1
 * @param type what happened
 * @param data the facts
 * @param createdAt when, by the storage's clock
 * @param hash links it to the event before; hexadecimal SHA-256
 */
public record OrderEvent(
    UUID orderId, int seq, OrderEventType type, JsonObject data, Instant createdAt, String hash) {}
