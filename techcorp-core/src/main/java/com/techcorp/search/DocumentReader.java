package com.techcorp.search;

import com.techcorp.error.InvalidInputException;
import com.techcorp.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the texts that {@link ProductDocument#json} gave. */
public final class DocumentReader {
  private DocumentReader() {}

  /**
   * Returns the document of a text.
   *
   * @param text what {@link ProductDocument#json} gave
   * @return an equal document
   * @throws InvalidInputException if a field is missing or unusable; it never quotes a value
   */
  public static ProductDocument read(String text) {
    try {
      return document(JsonObject.parse(text));
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("document", String.valueOf(e.getMessage()));
    }
  }

  private static ProductDocument document(JsonObject json) {
    ProductDocument.Builder product =
        ProductDocument.builder(
                json.uuid("id"), json.text("title"), price(json, "price"), time(json))
            .description(json.textOrNull("description"))
            .category(json.textOrNull("category"))
            .brand(json.textOrNull("brand"));
    if (json.get("original_price") != null) {
      product.originalPrice(price(json, "original_price"));
    }
    if (json.get("in_stock") instanceof Boolean available) {
      product.inStock(available);
    }
    if (json.get("popularity_score") instanceof Number score) {
      product.popularity(score.doubleValue());
    }
    if (json.get("attributes") instanceof JsonObject attributes) {
      for (Map.Entry<String, @Nullable Object> attribute : attributes.entrySet()) {
        product.attribute(attribute.getKey(), values(attribute));
      }
    }
    return product.build();
  }

  private static List<String> values(Map.Entry<String, @Nullable Object> attribute) {
    List<String> values = new ArrayList<>();
    List<?> elements =
        attribute.getValue() instanceof List<?> list
            ? list
            : List.of(String.valueOf(attribute.getValue()));
    for (Object element : elements) {
      if (!(element instanceof String value)) {
        throw new IllegalArgumentException("an attribute's values are not texts");
      }
      values.add(value);
    }
    return values;
  }

  private static BigDecimal price(JsonObject json, String field) {
    Object value = json.get(field);
    if (value instanceof BigDecimal price) {
      return price;
    }
    if (value instanceof Long price) {
      return BigDecimal.valueOf(price);
    }
    throw new IllegalArgumentException("the field " + field + " is not a number");
  }

  private static Instant time(JsonObject json) {
    try {
      return ProductDocument.TIME.parse(json.text("updated_at"), Instant::from);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("the field updated_at is not a time in UTC", e);
    }
  }
}
