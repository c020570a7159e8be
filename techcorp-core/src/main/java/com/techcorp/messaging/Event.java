package com.techcorp.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/**
 * An event as it travels.
 *
 * @param id by which consumers know it again
 * @param orderId the order it belongs to
 * @param sequence counts the order's published events from 1, without a gap
 * @param type the routing key, such as {@code order.confirmed}
 * @param payload flat JSON: {@code event}, {@code event_id}, {@code order_id}, {@code version},
 *     {@code sequence}, {@code timestamp}, and the event's own fields
 */
public record Event(UUID id, UUID orderId, int sequence, String type, JsonNode payload) {}
