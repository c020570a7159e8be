package com.techcorp.search;

import com.techcorp.error.InvalidInputException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A field of products whose values shoppers choose from: the category, the brand, or an attribute.
 * Fields are equal if their names are.
 */
public final class ProductField implements Comparable<ProductField> {
  /** The product's category. */
  public static final ProductField CATEGORY = new ProductField("category");

  /** The product's brand. */
  public static final ProductField BRAND = new ProductField("brand");

  /** The most characters of an attribute's name. */
  public static final int MAX_NAME = 100;

  private static final String ATTRIBUTES = "attributes.";

  private final String name;

  private ProductField(String name) {
    this.name = name;
  }

  /**
   * Returns the field of an attribute.
   *
   * @param attribute its name, such as {@code color}; 1 to {@link #MAX_NAME} characters, no control
   *     characters
   * @return the field
   * @throws InvalidInputException if the name is not allowed
   */
  public static ProductField attribute(String attribute) {
    if (attribute.isBlank()
        || attribute.length() > MAX_NAME
        || attribute.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidInputException(
          "attribute",
          "its name must have 1 to " + MAX_NAME + " characters, and no control characters");
    }
    return new ProductField(ATTRIBUTES + attribute);
  }

  /**
   * Returns the field of a name that {@link #name} gave.
   *
   * @param name {@code category}, {@code brand} or {@code attributes.} and an attribute's name
   * @return the field
   * @throws InvalidInputException if there is no such field
   */
  public static ProductField of(String name) {
    if (name.equals(CATEGORY.name)) {
      return CATEGORY;
    }
    if (name.equals(BRAND.name)) {
      return BRAND;
    }
    if (name.startsWith(ATTRIBUTES)) {
      return attribute(name.substring(ATTRIBUTES.length()));
    }
    throw new InvalidInputException(
        "field", "it must be category, brand or attributes. and an attribute's name");
  }

  /**
   * Returns the name in the document.
   *
   * @return {@code category}, {@code brand}, or such as {@code attributes.color}
   */
  public String name() {
    return name;
  }

  /**
   * Returns whether it is an attribute.
   *
   * @return false for the category and the brand
   */
  public boolean isAttribute() {
    return name.startsWith(ATTRIBUTES);
  }

  /**
   * Returns the attribute's name.
   *
   * @return such as {@code color}; the field's name if it is no attribute
   */
  public String attributeName() {
    return isAttribute() ? name.substring(ATTRIBUTES.length()) : name;
  }

  @Override
  public int compareTo(ProductField other) {
    return name.compareTo(other.name);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ProductField field && name.equals(field.name);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(name);
  }

  @Override
  public String toString() {
    return name;
  }
}
