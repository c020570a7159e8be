package com.techcorp.messaging;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Builds the JSON payloads of events. */
final class EventJson {
  /** ISO 8601 in UTC, always with six digits of a second, so that texts compare as times do. */
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private EventJson() {}

  /**
   * Returns the text with its time as one more field, last. Reading it and writing it again would
   * cost more than all else that is done with an event.
   */
  static String stamped(String payload, Instant time) {
    return open(payload) + "\"timestamp\":\"" + TIMESTAMP.format(time) + "\"}";
  }

  /** Returns the text up to where one more field can stand. */
  static String open(String payload) {
    String fields = payload.substring(0, payload.length() - 1).stripTrailing();
    return fields.length() == 1 ? fields : fields + ",";
  }

  /** Looks at its ends only: the storage reads all of it. */
  static void requireObject(String payload) {
    if (!payload.startsWith("{") || !payload.endsWith("}")) {
      throw new IllegalArgumentException("the payload of an event is not a JSON object");
    }
  }
}
