package com.techcorp.auth.service;

import com.techcorp.error.InvalidInputException;
import com.techcorp.json.JsonObject;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a host may say of a device: a JSON object that every store can keep byte for byte. */
final class DeviceInfo {
  private static final String FIELD = "deviceInfo";
  private static final int MOST_BYTES = 4_096;

  private DeviceInfo() {}

  /**
   * Checks a text, and leaves it as it is.
   *
   * @throws InvalidInputException if it is no JSON object, or too long
   */
  static String checked(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      throw new InvalidInputException(FIELD, "is missing");
    }
    if (text.length() > MOST_BYTES || bytes(text) > MOST_BYTES) {
      throw new InvalidInputException(FIELD, "must have " + MOST_BYTES + " bytes at the most");
    }
    try {
      JsonObject.parse(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(FIELD, "must be a JSON object");
    }
    return text;
  }

  private static int bytes(String text) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)).remaining();
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(FIELD, "must be Unicode, without half a surrogate pair");
    }
  }
}
