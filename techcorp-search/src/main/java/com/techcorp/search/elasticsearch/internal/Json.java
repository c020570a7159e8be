package com.techcorp.search.elasticsearch.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as maps and lists. Numbers that are read are {@code Long} or {@code Double}; what stands
 * under {@code _source} is read as its text, byte for byte.
 */
final class Json {
  private static final String SOURCE = "_source";
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final ObjectMapper WRITER =
      new ObjectMapper()
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true);

  private Json() {}

  /** An object of fields in this order: name, value, name, value. */
  static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  /** Its bytes. Half a character, which has no form in UTF-8, becomes a question mark. */
  static byte[] bytes(Map<String, ?> object) {
    try {
      return WRITER.writeValueAsString(object).getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // maps and lists of plain values can always be written
    }
  }

  /**
   * The object that bytes stand for.
   *
   * @throws IOException if they are no JSON object
   */
  static Fields read(byte[] json) throws IOException {
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object");
      }
      return object(parser, json);
    }
  }

  private static Fields object(JsonParser parser, byte[] json) throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      boolean raw = token == JsonToken.START_OBJECT && name.equals(SOURCE);
      fields.put(name, raw ? text(parser, json) : value(parser, json));
    }
    return new Fields(fields);
  }

  private static String text(JsonParser parser, byte[] json) throws IOException {
    int begin = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    int end = (int) parser.currentLocation().getByteOffset();
    return new String(json, begin, end - begin, StandardCharsets.UTF_8);
  }

  private static @Nullable Object value(JsonParser parser, byte[] json) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, json);
      case START_ARRAY -> list(parser, json);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IOException("not JSON");
    };
  }

  private static List<@Nullable Object> list(JsonParser parser, byte[] json) throws IOException {
    List<@Nullable Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser, json));
    }
    return elements;
  }
}
