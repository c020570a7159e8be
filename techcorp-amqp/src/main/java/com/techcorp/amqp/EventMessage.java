package com.techcorp.amqp;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * An event as a message: its flat JSON is the body, its id the message's, and headers say which
 * stream it belongs to and where it stands there.
 */
final class EventMessage {
  private static final int VERSION = 1;
  private static final int PERSISTENT = 2;

  /** Header: the stream as {@code order/0190…}. */
  static final String STREAM = "techcorp-stream";

  /** Header: the place in an ordered stream; one without order has none. */
  static final String SEQUENCE = "techcorp-sequence";

  private static final char SEPARATOR = '/';

  private EventMessage() {}

  static BasicProperties properties(Event event) {
    return new BasicProperties.Builder()
        .messageId(event.id().toString())
        .type(event.type())
        .contentType("application/json")
        .contentEncoding("UTF-8")
        .deliveryMode(PERSISTENT)
        .headers(headers(event))
        .build();
  }

  private static Map<String, Object> headers(Event event) {
    Map<String, Object> headers = new HashMap<>();
    headers.put(STREAM, event.stream().type() + SEPARATOR + event.stream().id());
    if (event.isOrdered()) {
      headers.put(SEQUENCE, event.sequence());
    }
    event
        .trace()
        .ifPresent(
            trace -> {
              headers.put(Event.TRACEPARENT, trace.traceparent());
              if (trace.tracestate() != null) {
                headers.put(Event.TRACESTATE, trace.tracestate());
              }
            });
    return headers;
  }

  /**
   * Returns the properties of an event that is part of a history, of which the consumer takes what
   * it wants.
   */
  static BasicProperties resent(Event event) {
    BasicProperties properties = properties(event);
    Map<String, Object> headers = new HashMap<>(properties.getHeaders());
    headers.put(OtherTypes.RESENT, true);
    return properties.builder().headers(headers).build();
  }

  static byte[] body(Event event) {
    return event.json().getBytes(StandardCharsets.UTF_8);
  }

  static Event read(BasicProperties properties, byte[] body, int maxBytes)
      throws Fields.MalformedException {
    JsonNode payload = Fields.object(body, maxBytes);
    Fields.version(payload, VERSION);
    UUID id = Fields.id(payload, "event_id");
    String type = Fields.text(payload, "event");
    String json = new String(body, StandardCharsets.UTF_8);
    Map<String, Object> headers =
        properties.getHeaders() == null ? Map.of() : properties.getHeaders();
    Object stream = headers.get(STREAM);
    return stream == null
        ? withoutHeaders(id, type, payload, json)
        : Event.ofJson(id, stream(stream.toString()), sequence(headers), type, json);
  }

  private static EventStream stream(String text) throws Fields.MalformedException {
    int separator = text.lastIndexOf(SEPARATOR);
    if (separator < 0 || text.substring(0, separator).isBlank()) {
      throw new Fields.MalformedException("the header " + STREAM + " is not type/id");
    }
    return new EventStream(
        text.substring(0, separator), Fields.id(text.substring(separator + 1), STREAM));
  }

  private static int sequence(Map<String, Object> headers) throws Fields.MalformedException {
    Object sequence = headers.get(SEQUENCE);
    if (sequence == null) {
      return Event.UNORDERED;
    }
    if (sequence instanceof Integer number && number > 0) {
      return number;
    }
    throw new Fields.MalformedException("the header " + SEQUENCE + " is no number from 1");
  }

  /**
   * Of a publisher that is not this library: what has a sequence belongs to an order, all else to
   * what its type begins with, such as {@code product.updated} to {@code product_id}, without
   * order.
   */
  private static Event withoutHeaders(UUID id, String type, JsonNode payload, String json)
      throws Fields.MalformedException {
    if (payload.has("sequence")) {
      UUID order = Fields.id(payload, "order_id");
      int sequence = Fields.number(payload, "sequence");
      if (sequence <= 0) {
        throw new Fields.MalformedException("the field sequence is no number from 1");
      }
      return Event.ofJson(id, new EventStream("order", order), sequence, type, json);
    }
    int dot = type.indexOf('.');
    String subject = dot > 0 ? type.substring(0, dot) : type;
    EventStream stream = new EventStream(subject, Fields.id(payload, subject + "_id"));
    return Event.ofJson(id, stream, Event.UNORDERED, type, json);
  }
}
