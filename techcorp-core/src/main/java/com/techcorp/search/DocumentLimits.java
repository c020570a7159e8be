package com.techcorp.search;

import com.techcorp.error.InvalidInputException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refuses products that an index could not keep. Messages never quote a value. */
final class DocumentLimits {
  private static final int MAX_TITLE = 1_000;
  private static final int MAX_DESCRIPTION = 100_000;
  private static final int MAX_VALUE = 500;
  private static final int MAX_ATTRIBUTES = 1_000;
  private static final int MAX_ATTRIBUTE_VALUES = 10_000;

  private static final Instant FIRST_TIME = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant AFTER_LAST_TIME = Instant.parse("+10000-01-01T00:00:00Z");

  private DocumentLimits() {}

  static String title(String title) {
    if (title.isBlank() || title.length() > MAX_TITLE) {
      throw new InvalidInputException(
          "title", "it must have 1 to " + MAX_TITLE + " characters and not be blank");
    }
    return title;
  }

  static @Nullable String description(@Nullable String description) {
    if (description != null && description.length() > MAX_DESCRIPTION) {
      throw new InvalidInputException(
          "description", "it must have at most " + MAX_DESCRIPTION + " characters");
    }
    return description;
  }

  static BigDecimal price(String field, BigDecimal price) {
    if (price.signum() < 0
        || price.scale() < 0
        || price.scale() > 6
        || price.precision() - price.scale() > 15) {
      throw new InvalidInputException(
          field, "it must be 0 or more, with at most 15 digits before and 6 after the point");
    }
    return price;
  }

  static @Nullable String name(String field, @Nullable String name) {
    return name == null ? null : value(field, name);
  }

  static double popularity(double score) {
    if (!Double.isFinite(score) || score < 0) {
      throw new InvalidInputException("popularity_score", "it must be a finite number, 0 or more");
    }
    return score + 0.0; // not -0.0
  }

  /** Years that are written with four digits, which is all that a date field of an index reads. */
  static Instant updatedAt(Instant time) {
    if (time.isBefore(FIRST_TIME) || !time.isBefore(AFTER_LAST_TIME)) {
      throw new InvalidInputException("updated_at", "its year must be 1 to 9999");
    }
    return time;
  }

  static void attributes(Map<String, List<String>> attributes) {
    if (attributes.size() > MAX_ATTRIBUTES) {
      throw new InvalidInputException(
          "attributes", "a product must have at most " + MAX_ATTRIBUTES + " attributes");
    }
    int values = 0;
    for (Map.Entry<String, List<String>> attribute : attributes.entrySet()) {
      ProductField field = ProductField.attribute(attribute.getKey());
      attribute.getValue().forEach(value -> value(field.name(), value));
      values += attribute.getValue().size();
    }
    if (values > MAX_ATTRIBUTE_VALUES) {
      throw new InvalidInputException(
          "attributes",
          "a product must have at most " + MAX_ATTRIBUTE_VALUES + " values of attributes");
    }
  }

  private static String value(String field, String value) {
    if (value.isEmpty() || value.length() > MAX_VALUE || value.indexOf(0) >= 0) {
      throw new InvalidInputException(
          field, "a value must have 1 to " + MAX_VALUE + " characters, none of them NUL");
    }
    return value;
  }
}
