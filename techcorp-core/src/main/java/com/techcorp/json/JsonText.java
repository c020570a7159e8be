package com.techcorp.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads and writes the text of JSON objects. */
final class JsonText {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonText() {}

  /**
   * Returns the object that a text stands for.
   *
   * @param toObject makes an object of its fields
   */
  static <T> T read(String json, Function<Map<String, @Nullable Object>, T> toObject) {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("not a JSON object");
      }
      T object = object(parser, toObject);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("not a JSON object: more follows it");
      }
      return object;
    } catch (JsonProcessingException e) {
      // Not as the cause: the parser's own message quotes the text, which may hold a secret.
      throw new IllegalArgumentException("not JSON (" + e.getClass().getSimpleName() + ")");
    } catch (IOException e) {
      throw new UncheckedIOException("reading a text failed", e);
    }
  }

  private static <T> T object(
      JsonParser parser, Function<Map<String, @Nullable Object>, T> toObject) throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      fields.put(name, value(parser, toObject));
    }
    return toObject.apply(fields);
  }

  private static <T> List<@Nullable Object> list(
      JsonParser parser, Function<Map<String, @Nullable Object>, T> toObject) throws IOException {
    List<@Nullable Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser, toObject));
    }
    return Collections.unmodifiableList(elements);
  }

  private static <T> @Nullable Object value(
      JsonParser parser, Function<Map<String, @Nullable Object>, T> toObject) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, toObject);
      case START_ARRAY -> list(parser, toObject);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> whole(parser.getNumberValue());
      case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IllegalStateException("no value begins with " + parser.currentToken());
    };
  }

  private static Number whole(Number number) {
    return number instanceof BigInteger ? number : Long.valueOf(number.longValue());
  }

  static String write(Map<String, @Nullable Object> object) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      write(object, generator);
    } catch (IOException e) {
      throw new UncheckedIOException("writing a text failed", e);
    }
    return text.toString();
  }

  private static void write(@Nullable Object value, JsonGenerator generator) throws IOException {
    if (value instanceof Map<?, ?> object) {
      generator.writeStartObject();
      for (Map.Entry<?, ?> field : object.entrySet()) {
        generator.writeFieldName((String) field.getKey());
        write(field.getValue(), generator);
      }
      generator.writeEndObject();
    } else if (value instanceof List<?> list) {
      generator.writeStartArray();
      for (Object element : list) {
        write(element, generator);
      }
      generator.writeEndArray();
    } else if (value instanceof String text) {
      generator.writeString(text);
    } else if (value instanceof Long number) {
      generator.writeNumber(number);
    } else if (value instanceof BigInteger number) {
      generator.writeNumber(number);
    } else if (value instanceof BigDecimal number) {
      generator.writeNumber(number);
    } else if (value instanceof Boolean truth) {
      generator.writeBoolean(truth);
    } else {
      generator.writeNull();
    }
  }
}
