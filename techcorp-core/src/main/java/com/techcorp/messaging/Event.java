package com.techcorp.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.UUID;

/**
 * An event as it travels.
 *
 * @param id by which consumers know it again
 * @param orderId the order it belongs to; its own id if it belongs to none, as {@code
 *     product.updated}
 * @param sequence counts the order's published events from 1, without a gap
 * @param type the routing key, such as {@code order.confirmed}
 * @param payload flat JSON: {@code event}, {@code event_id}, {@code version}, {@code timestamp}, of
 *     an order {@code order_id}, {@code sequence} and, if it has a trace, {@code traceparent}, and
 *     the event's own fields
 */
public record Event(UUID id, UUID orderId, int sequence, String type, JsonNode payload) {
  /** The payload's field of the trace. */
  public static final String TRACEPARENT = "traceparent";

  /** The payload's field of what vendors add to the trace. */
  public static final String TRACESTATE = "tracestate";

  /**
   * The trace in which the order was placed.
   *
   * @return a well-formed trace, or empty if it has none
   */
  public Optional<TraceContext.Trace> trace() {
    JsonNode parent = payload.path(TRACEPARENT);
    return parent.isTextual()
        ? new TraceContext.Trace(parent.textValue(), payload.path(TRACESTATE).textValue())
            .wellFormed()
        : Optional.empty();
  }
}
