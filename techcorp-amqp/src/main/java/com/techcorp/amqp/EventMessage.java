package com.techcorp.amqp;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.techcorp.catalog.ProductUpdates;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.TraceContext;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** An event as a message: its flat JSON is the body, its id the message's. */
final class EventMessage {
  private static final int VERSION = 1;
  private static final int PERSISTENT = 2;

  private EventMessage() {}

  static BasicProperties properties(Event event) {
    return new BasicProperties.Builder()
        .messageId(event.id().toString())
        .type(event.type())
        .contentType("application/json")
        .contentEncoding("UTF-8")
        .deliveryMode(PERSISTENT)
        .headers(event.trace().map(EventMessage::headers).orElse(null))
        .build();
  }

  private static Map<String, Object> headers(TraceContext.Trace trace) {
    return trace.tracestate() == null
        ? Map.of(Event.TRACEPARENT, trace.traceparent())
        : Map.of(Event.TRACEPARENT, trace.traceparent(), Event.TRACESTATE, trace.tracestate());
  }

  /** As part of a history, of which the consumer takes what it wants. */
  static BasicProperties resent(Event event) {
    BasicProperties properties = properties(event);
    Map<String, Object> headers = new HashMap<>(Map.of(OtherTypes.RESENT, true));
    if (properties.getHeaders() != null) {
      headers.putAll(properties.getHeaders());
    }
    return properties.builder().headers(headers).build();
  }

  static byte[] body(Event event) {
    return event.json().getBytes(StandardCharsets.UTF_8);
  }

  static Event read(byte[] body, int maxBytes) throws Fields.Malformed {
    JsonNode payload = Fields.object(body, maxBytes);
    Fields.version(payload, VERSION);
    UUID id = Fields.id(payload, "event_id");
    String type = Fields.text(payload, "event");
    if (type.equals(ProductUpdates.ROUTING_KEY)) {
      Fields.id(payload, "product_id");
      return new Event(id, id, 1, type, payload);
    }
    UUID orderId = Fields.id(payload, "order_id");
    return new Event(id, orderId, Fields.number(payload, "sequence"), type, payload);
  }
}
