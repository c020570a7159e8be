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

  static JsonNode stamped(String payload, Instant time) {
    try {
      if (JSON.readTree(payload) instanceof ObjectNode object) {
        return object.put("timestamp", TIMESTAMP.format(time));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the payload of an event is not JSON", e);
    }
    throw new IllegalArgumentException("the payload of an event is not a JSON object");
  }
}
