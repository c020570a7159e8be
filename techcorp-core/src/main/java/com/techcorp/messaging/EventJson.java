package com.techcorp.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Payloads of events. */
final class EventJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** ISO 8601 in UTC, always with six digits of a second, so that texts compare as times do. */
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private EventJson() {}

  /**
   * The text with its time as one more field, last. Reading it and writing it again would cost more
   * than all else that is done with an event.
   */
  static String stamped(String payload, Instant time) {
    if (!payload.startsWith("{") || !payload.endsWith("}")) {
      throw new IllegalArgumentException("the payload of an event is not a JSON object");
    }
    String fields = payload.substring(0, payload.length() - 1);
    return fields
        + (fields.length() == 1 ? "" : ",")
        + "\"timestamp\":\""
        + TIMESTAMP.format(time)
        + "\"}";
  }

  static JsonNode read(String json) {
    try {
      if (JSON.readTree(json) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the payload of an event is not JSON", e);
    }
    throw new IllegalArgumentException("the payload of an event is not a JSON object");
  }
}
