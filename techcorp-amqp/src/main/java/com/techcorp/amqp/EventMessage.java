package com.techcorp.amqp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.techcorp.messaging.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** An event as a message: its flat JSON is the body, its id the message's. */
final class EventMessage {
  private static final int VERSION = 1;
  private static final int PERSISTENT = 2;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private EventMessage() {}

  /** A message that is no event of a version that is known here. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String problem) {
      super(problem);
    }
  }

  static BasicProperties properties(Event event) {
    return new BasicProperties.Builder()
        .messageId(event.id().toString())
        .type(event.type())
        .contentType("application/json")
        .contentEncoding("UTF-8")
        .deliveryMode(PERSISTENT)
        .build();
  }

  static byte[] body(Event event) {
    return event.payload().toString().getBytes(StandardCharsets.UTF_8);
  }

  /** What is wrong is told without quoting the message: it may hold what must not be logged. */
  static Event read(byte[] body, int maxBytes) throws Malformed {
    if (body.length > maxBytes) {
      throw new Malformed("longer than " + maxBytes + " bytes: " + body.length);
    }
    JsonNode payload = json(body);
    if (!payload.isObject()) {
      throw new Malformed("not a JSON object");
    }
    int version = number(payload, "version");
    if (version != VERSION) {
      throw new Malformed("version " + version + " is not known here, only " + VERSION);
    }
    return new Event(
        id(payload, "event_id"),
        id(payload, "order_id"),
        number(payload, "sequence"),
        text(payload, "event"),
        payload);
  }

  private static JsonNode json(byte[] body) throws Malformed {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new Malformed("not JSON");
    } catch (IOException e) {
      throw new Malformed("not text");
    }
  }

  private static String text(JsonNode payload, String field) throws Malformed {
    JsonNode value = payload.get(field);
    if (value == null || !value.isTextual() || value.textValue().isEmpty()) {
      throw new Malformed("the field " + field + " is missing or no text");
    }
    return value.textValue();
  }

  private static int number(JsonNode payload, String field) throws Malformed {
    JsonNode value = payload.get(field);
    if (value == null || !value.isInt()) {
      throw new Malformed("the field " + field + " is missing or no whole number");
    }
    return value.intValue();
  }

  private static UUID id(JsonNode payload, String field) throws Malformed {
    try {
      return UUID.fromString(text(payload, field));
    } catch (IllegalArgumentException e) {
      throw new Malformed("the field " + field + " is no UUID");
    }
  }
}
