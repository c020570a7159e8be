package com.techcorp.order.internal;

import com.techcorp.json.JsonObject;
import com.techcorp.messaging.TraceContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order's event as it is published: the envelope, and beside it the event's own facts. What it
 * needs stands in the order's history too, so that it can be made again, the same.
 *
 * @param orderId whose
 * @param orderNumber its number
 * @param userId its customer
 * @param trace in which it was placed, or null
 */
public record EventPayload(
    UUID orderId, String orderNumber, UUID userId, TraceContext.@Nullable Trace trace) {
  private static final int VERSION = 1;
  private static final long VERSION_BITS = 0xF000L;
  private static final long CUSTOM = 0x8000L;
  private static final long VARIANT_BITS = 0xC000_0000_0000_0000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  /** An odd number, so that different sequences give different ids (2^64 / golden ratio). */
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  /**
   * Returns the id of an event, a function of order and sequence, so that consumers recognise a
   * resent event. A UUID of version 8 that begins as the order's own does, so that ids stay in the
   * order of time and indexes over them small.
   *
   * @param sequence counts the order's published events from 1
   * @return the id
   */
  public UUID id(int sequence) {
    long high = orderId.getMostSignificantBits();
    long low = orderId.getLeastSignificantBits() + SPREAD * sequence;
    return new UUID((high & ~VERSION_BITS) | CUSTOM, (low & ~VARIANT_BITS) | VARIANT);
  }

  /**
   * Returns the event's JSON so far: without the timestamp, which the storage adds.
   *
   * @param type the routing key
   * @param sequence counts the order's published events from 1
   * @param data the event's own facts
   * @return flat JSON
   */
  public JsonObject.Builder of(String type, int sequence, JsonObject data) {
    JsonObject.Builder event = JsonObject.builder();
    event.put("event", type);
    event.put("event_id", id(sequence));
    event.put("version", VERSION);
    event.put("order_id", orderId);
    event.put("order_number", orderNumber);
    event.put("user_id", userId);
    event.put("sequence", sequence);
    Traces.put(trace, event);
    return event.putAll(data);
  }
}
