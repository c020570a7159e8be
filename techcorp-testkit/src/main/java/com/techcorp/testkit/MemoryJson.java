package com.techcorp.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;

/** Imitates a JSON column: refuses what PostgreSQL refuses, and has one text for equal values. */
final class MemoryJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private MemoryJson() {}

  static JsonNode parse(String text) {
    JsonNode node;
    try {
      node = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      // The parser's message quotes the data.
      throw new UnstorableDataException("not JSON (" + e.getClass().getSimpleName() + ")", null);
    }
    if (node == null || node.isMissingNode()) {
      throw new UnstorableDataException("not JSON (empty)", null);
    }
    if (canonical(node).contains("\\u0000")) {
      throw new UnstorableDataException("the JSON has a NUL character", null);
    }
    return node;
  }

  static ObjectNode parseObject(String text) {
    if (parse(text) instanceof ObjectNode object) {
      return object;
    }
    throw new UnstorableDataException("not a JSON object", null);
  }

  static String canonical(JsonNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UnstorableDataException("cannot be written as JSON", e);
    }
  }

  /** Checks a value for a text column. */
  static void requireText(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new UnstorableDataException("a text has a NUL character", null);
    }
  }
}
