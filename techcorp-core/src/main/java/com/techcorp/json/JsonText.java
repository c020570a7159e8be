package com.techcorp.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads and writes the text of JSON objects. */
final class JsonText {
  private static final JsonFactory JSON = new JsonFactory();

  /** In characters; most events are shorter. */
  private static final int TYPICAL_LENGTH = 384;

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

  /**
   * Returns an object's text. It is put together here, since a generator of Jackson's costs more
   * than all else that is done with so small a text.
   *
   * @param fieldsOf returns what to read an object's fields from
   */
  static String write(Map<?, ?> object, UnaryOperator<Map<?, ?>> fieldsOf) {
    StringBuilder text = new StringBuilder(TYPICAL_LENGTH);
    writeObject(object, fieldsOf, text);
    return text.toString();
  }

  private static void write(
      @Nullable Object value, UnaryOperator<Map<?, ?>> fieldsOf, StringBuilder text) {
    if (value instanceof String string) {
      writeText(string, text);
    } else if (value instanceof Map<?, ?> object) {
      writeObject(fieldsOf.apply(object), fieldsOf, text);
    } else if (value instanceof List<?> list) {
      writeList(list, fieldsOf, text);
    } else if (value instanceof BigDecimal number) {
      text.append(number.toPlainString()); // not every reader knows 1E+3 for what it is
    } else {
      text.append(value); // a number, true, false or null
    }
  }

  private static void writeObject(
      Map<?, ?> object, UnaryOperator<Map<?, ?>> fieldsOf, StringBuilder text) {
    char before = '{';
    for (Map.Entry<?, ?> field : object.entrySet()) {
      text.append(before);
      writeText((String) field.getKey(), text);
      text.append(':');
      write(field.getValue(), fieldsOf, text);
      before = ',';
    }
    text.append(before == '{' ? "{}" : "}");
  }

  private static void writeList(
      List<?> list, UnaryOperator<Map<?, ?>> fieldsOf, StringBuilder text) {
    char before = '[';
    for (Object element : list) {
      text.append(before);
      write(element, fieldsOf, text);
      before = ',';
    }
    text.append(before == '[' ? "[]" : "]");
  }

  private static void writeText(String value, StringBuilder text) {
    text.append('"');
    JsonStringEncoder.getInstance().quoteAsString(value, text);
    text.append('"');
  }
}
