package com.techcorp.examples.data;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * How the data files look as JSON: snake_case names, strict reading, decimal money, ISO instants.
 */
final class DataJson {

  private static final int MONEY_SCALE = 2;

  private DataJson() {}

  /** A new mapper that refuses whatever it would otherwise have to guess. */
  static JsonMapper mapper() {
    SimpleModule instants = new SimpleModule("instants");
    instants.addSerializer(Instant.class, ToStringSerializer.instance);
    instants.addDeserializer(Instant.class, new InstantReader());
    return JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
            DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
        .addModule(instants)
        .build();
  }

  /** Throws {@link IllegalArgumentException} with the message unless the condition holds. */
  static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Minor units to a decimal with two places: 8990 is written as 89.90. */
  static final class MoneyWriter extends JsonSerializer<Long> {

    @Override
    public void serialize(Long minorUnits, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeNumber(BigDecimal.valueOf(minorUnits, MONEY_SCALE));
    }
  }

  /** A JSON number to minor units, exactly; a third decimal place is an error, never rounded. */
  static final class MoneyReader extends JsonDeserializer<Long> {

    @Override
    public Long deserialize(JsonParser in, DeserializationContext context) throws IOException {
      if (!in.currentToken().isNumeric()) {
        return context.reportInputMismatch(this, "an amount must be a number, as in 89.90");
      }
      try {
        return in.getDecimalValue().movePointRight(MONEY_SCALE).longValueExact();
      } catch (ArithmeticException e) {
        return context.reportInputMismatch(
            this, "%s is no exact amount with two decimal places", in.getText());
      }
    }
  }

  private static final class InstantReader extends JsonDeserializer<Instant> {

    @Override
    public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
      try {
        return Instant.parse(in.getText());
      } catch (DateTimeParseException e) {
        return context.reportInputMismatch(
            this, "'%s' is no instant, as in 2024-01-15T10:30:00Z", in.getText());
      }
    }
  }
}
