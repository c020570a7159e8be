package com.techcorp.amqp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.UUID;

/**
 * Reads the fields of a message that may be anything. Errors do not quote the content, because it
 * may hold data that must not be logged.
 */
final class Fields {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Fields() {}

  /** A message that is not what it should be. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String problem) {
      super(problem);
    }
  }

  static JsonNode object(byte[] body, int maxBytes) throws MalformedException {
    if (body.length > maxBytes) {
      throw new MalformedException("longer than " + maxBytes + " bytes: " + body.length);
    }
    JsonNode payload = json(body);
    if (!payload.isObject()) {
      throw new MalformedException("not a JSON object");
    }
    return payload;
  }

  /** The parser would read UTF-16 and UTF-32 too, in which every text has such a byte. */
  private static void requireUtf8(byte[] body) throws MalformedException {
    for (byte b : body) {
      if (b == 0) {
        throw new MalformedException("not UTF-8");
      }
    }
  }

  private static JsonNode json(byte[] body) throws MalformedException {
    requireUtf8(body);
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new MalformedException("not JSON");
    } catch (IOException e) {
      throw new MalformedException("not text");
    }
  }

  static void version(JsonNode payload, int known) throws MalformedException {
    int version = number(payload, "version");
    if (version != known) {
      throw new MalformedException("version " + version + " is not known here, only " + known);
    }
  }

  static String text(JsonNode payload, String field) throws MalformedException {
    JsonNode value = payload.get(field);
    if (value == null || !value.isTextual() || value.textValue().isEmpty()) {
      throw new MalformedException("the field " + field + " is missing or no text");
    }
    return value.textValue();
  }

  static int number(JsonNode payload, String field) throws MalformedException {
    JsonNode value = payload.get(field);
    if (value == null || !value.isInt()) {
      throw new MalformedException("the field " + field + " is missing or no whole number");
    }
    return value.intValue();
  }

  static long amount(JsonNode payload, String field) throws MalformedException {
    JsonNode value = payload.get(field);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new MalformedException("the field " + field + " is missing or no whole number");
    }
    return value.longValue();
  }

  static JsonNode list(JsonNode payload, String field) throws MalformedException {
    JsonNode value = payload.get(field);
    if (value == null || !value.isArray()) {
      throw new MalformedException("the field " + field + " is missing or no list");
    }
    return value;
  }

  static UUID id(JsonNode payload, String field) throws MalformedException {
    return id(text(payload, field), field);
  }

  static UUID id(String value, String field) throws MalformedException {
    try {
      return UUID.fromString(value);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("the field " + field + " is no UUID");
    }
  }
}
