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

  /** How many characters the time takes, with its name and the comma before it. */
  private static final int STAMP_LENGTH = 44;

  private EventJson() {}

  /**
   * Returns the text with its time as one more field, last. Reading it and writing it again would
   * cost more than all else that is done with an event.
   */
  static String stamped(String payload, Instant time) {
    StringBuilder text = new StringBuilder(payload.length() + STAMP_LENGTH);
    open(payload, text).append("\"timestamp\":\"");
    TIMESTAMP.formatTo(time, text);
    return text.append("\"}").toString();
  }

  /** Returns the text up to where one more field can stand. */
  static String open(String payload) {
    return open(payload, new StringBuilder(payload.length())).toString();
  }

  private static StringBuilder open(String payload, StringBuilder text) {
    int end = payload.length() - 1;
    while (Character.isWhitespace(payload.charAt(end - 1))) {
      end--;
    }
    text.append(payload, 0, end);
    return end == 1 ? text : text.append(',');
  }

  /** Looks at its ends only: the storage reads all of it. */
  static void requireObject(String payload) {
    if (!payload.startsWith("{") || !payload.endsWith("}")) {
      throw new IllegalArgumentException("the payload of an event is not a JSON object");
    }
  }
}
