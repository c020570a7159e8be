package com.techcorp.auth.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.techcorp.auth.TokenRefusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the JSON of a token, which two readers must not understand differently: no member twice,
 * whatever escapes its name is written with; UTF-8 only; nothing after the object; bounded nesting.
 */
final class StrictJson {
  /** Stands for a value that is neither text nor a whole number: no claim of ours is one. */
  static final Object OTHER = new Object();

  private static final int DEEPEST = 16;

  /** Names are not kept: a stranger chooses them. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  private StrictJson() {}

  /** Returns the members of an object: each a {@code String}, a {@code Long} or {@link #OTHER}. */
  static Map<String, Object> members(byte[] utf8) throws RefusedTokenException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      return members(text);
    } catch (IOException e) {
      // What it says may quote the token.
      throw new RefusedTokenException(TokenRefusal.NOT_STRICT_JSON);
    }
  }

  private static Map<String, Object> members(String text)
      throws IOException, RefusedTokenException {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new RefusedTokenException(TokenRefusal.NOT_STRICT_JSON);
      }
      Map<String, Object> members = new LinkedHashMap<>();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        members.put(name, value(parser));
      }
      if (parser.nextToken() != null) {
        throw new RefusedTokenException(TokenRefusal.NOT_STRICT_JSON);
      }
      return members;
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    if (first == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != NumberType.BIG_INTEGER) {
      return parser.getLongValue();
    }
    parser.skipChildren();
    return OTHER;
  }
}
