package com.techcorp.search;

import com.techcorp.error.InvalidInputException;
import com.techcorp.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A product as an index keeps it and as a hit shows it. Two are equal if their {@link #json} is.
 * Immutable and thread-safe.
 */
public final class ProductDocument {
  /** ISO 8601 in UTC, with as many digits of a second as needed. */
  static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendLiteral('Z')
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final UUID id;
  private final String title;
  private final @Nullable String description;
  private final BigDecimal price;
  private final @Nullable BigDecimal originalPrice;
  private final @Nullable String category;
  private final @Nullable String brand;
  private final SortedMap<String, List<String>> attributes;
  private final boolean inStock;
  private final double popularity;
  private final Instant updatedAt;
  private @Nullable String json; // computed once; a race only computes it twice

  private ProductDocument(Builder builder) {
    this.id = builder.id;
    this.title = DocumentLimits.title(builder.title);
    this.description = DocumentLimits.description(builder.description);
    this.price = DocumentLimits.price("price", builder.price);
    this.originalPrice =
        builder.originalPrice == null
            ? null
            : DocumentLimits.price("original_price", builder.originalPrice);
    this.category = DocumentLimits.name("category", builder.category);
    this.brand = DocumentLimits.name("brand", builder.brand);
    this.attributes = Collections.unmodifiableSortedMap(new TreeMap<>(builder.attributes));
    this.inStock = builder.inStock;
    this.popularity = DocumentLimits.popularity(builder.popularity);
    this.updatedAt = DocumentLimits.updatedAt(builder.updatedAt);
    DocumentLimits.attributes(attributes);
  }

  /**
   * Returns a builder with the fields that every product has.
   *
   * @param id the product's id
   * @param title its name for people: 1 to 1,000 characters, not blank
   * @param price in the index's currency, 0 or more; its decimals are kept
   * @param updatedAt when it was changed last; "newest" sorts by it
   * @return a builder; by default the product is out of stock and has popularity 0
   */
  public static Builder builder(UUID id, String title, BigDecimal price, Instant updatedAt) {
    return new Builder(id, title, price, updatedAt);
  }

  /**
   * Returns the document with prices of a number of decimals, as the currency of an index has them.
   *
   * @param decimals 0 or more
   * @return this, or a copy
   * @throws InvalidInputException if a price has more decimals than that
   */
  public ProductDocument withDecimals(int decimals) {
    boolean fits =
        price.scale() == decimals && (originalPrice == null || originalPrice.scale() == decimals);
    if (fits) {
      return this;
    }
    Builder copy = copy();
    copy.price = scaled("price", price, decimals);
    copy.originalPrice =
        originalPrice == null ? null : scaled("original_price", originalPrice, decimals);
    return copy.build();
  }

  private static BigDecimal scaled(String field, BigDecimal price, int decimals) {
    if (price.stripTrailingZeros().scale() > decimals) {
      throw new InvalidInputException(
          field, "it has more decimals than the index's currency, which has " + decimals);
    }
    return price.setScale(decimals, RoundingMode.UNNECESSARY);
  }

  /**
   * Returns the document with another stock.
   *
   * @param available whether a unit is available
   * @return this, or a copy
   */
  public ProductDocument withInStock(boolean available) {
    return available == inStock ? this : copy().inStock(available).build();
  }

  private Builder copy() {
    Builder copy = new Builder(id, title, price, updatedAt);
    copy.description = description;
    copy.originalPrice = originalPrice;
    copy.category = category;
    copy.brand = brand;
    copy.attributes.putAll(attributes);
    copy.inStock = inStock;
    copy.popularity = popularity;
    return copy;
  }

  /**
   * Returns the product's id.
   *
   * @return the id
   */
  public UUID id() {
    return id;
  }

  /**
   * Returns its name for people.
   *
   * @return the title
   */
  public String title() {
    return title;
  }

  /**
   * Returns its text for people.
   *
   * @return the description, or empty
   */
  public Optional<String> description() {
    return Optional.ofNullable(description);
  }

  /**
   * Returns its price in the index's currency.
   *
   * @return with all of its decimals
   */
  public BigDecimal price() {
    return price;
  }

  /**
   * Returns the price before a reduction.
   *
   * @return the price, or empty
   */
  public Optional<BigDecimal> originalPrice() {
    return Optional.ofNullable(originalPrice);
  }

  /**
   * Returns its category.
   *
   * @return such as {@code t-shirts}, or empty
   */
  public Optional<String> category() {
    return Optional.ofNullable(category);
  }

  /**
   * Returns its brand.
   *
   * @return the brand, or empty
   */
  public Optional<String> brand() {
    return Optional.ofNullable(brand);
  }

  /**
   * Returns its attributes.
   *
   * @return values by name, by name in order; unmodifiable
   */
  public SortedMap<String, List<String>> attributes() {
    return attributes;
  }

  /**
   * Returns whether a unit is available.
   *
   * @return false if it is sold out
   */
  public boolean inStock() {
    return inStock;
  }

  /**
   * Returns how popular it is.
   *
   * @return 0 or more; only compared with other products'
   */
  public double popularity() {
    return popularity;
  }

  /**
   * Returns when it was changed last.
   *
   * @return the time
   */
  public Instant updatedAt() {
    return updatedAt;
  }

  /**
   * Returns the values that a field has.
   *
   * @param field the category, the brand or an attribute
   * @return the values; empty if it has none
   */
  public List<String> values(ProductField field) {
    if (field.isAttribute()) {
      return attributes.getOrDefault(field.attributeName(), List.of());
    }
    String value = field.equals(ProductField.CATEGORY) ? category : brand;
    return value == null ? List.of() : List.of(value);
  }

  /**
   * Returns the exact text that an index stores: compact JSON with the fields {@code id, title,
   * description, price, original_price, category, brand, attributes, in_stock, popularity_score,
   * updated_at} in this order. What the product does not have is left out; attributes are sorted by
   * name.
   *
   * @return the JSON
   */
  public String json() {
    String known = json;
    if (known == null) {
      known = written();
      json = known;
    }
    return known;
  }

  private String written() {
    JsonObject.Builder text = JsonObject.builder().put("id", id).put("title", title);
    description().ifPresent(words -> text.put("description", words));
    text.put("price", price);
    originalPrice().ifPresent(before -> text.put("original_price", before));
    category().ifPresent(name -> text.put("category", name));
    brand().ifPresent(name -> text.put("brand", name));
    if (!attributes.isEmpty()) {
      JsonObject.Builder values = JsonObject.builder();
      attributes.forEach(values::putTexts);
      text.put("attributes", values.build());
    }
    return text.put("in_stock", inStock)
        .put("popularity_score", BigDecimal.valueOf(popularity))
        .put("updated_at", TIME.format(updatedAt))
        .build()
        .toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ProductDocument document && json().equals(document.json());
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return json();
  }

  /** Collects the fields of a product. Not thread-safe. */
  public static final class Builder {
    private final UUID id;
    private final String title;
    private final Map<String, List<String>> attributes = new TreeMap<>();
    private final Instant updatedAt;
    private BigDecimal price;
    private @Nullable String description;
    private @Nullable BigDecimal originalPrice;
    private @Nullable String category;
    private @Nullable String brand;
    private boolean inStock;
    private double popularity;

    private Builder(UUID id, String title, BigDecimal price, Instant updatedAt) {
      this.id = Objects.requireNonNull(id, "id");
      this.title = Objects.requireNonNull(title, "title");
      this.price = Objects.requireNonNull(price, "price");
      this.updatedAt = Objects.requireNonNull(updatedAt, "updatedAt");
    }

    /**
     * Sets the text for people. Default: none.
     *
     * @param text at most 100,000 characters; blank is none
     * @return this
     */
    public Builder description(@Nullable String text) {
      description = text == null || text.isBlank() ? null : text;
      return this;
    }

    /**
     * Sets the price before a reduction. Default: none.
     *
     * @param before 0 or more; null: none
     * @return this
     */
    public Builder originalPrice(@Nullable BigDecimal before) {
      originalPrice = before;
      return this;
    }

    /**
     * Sets the category. Default: none.
     *
     * @param name 1 to 500 characters; null: none
     * @return this
     */
    public Builder category(@Nullable String name) {
      category = name;
      return this;
    }

    /**
     * Sets the brand. Default: none.
     *
     * @param name 1 to 500 characters; null: none
     * @return this
     */
    public Builder brand(@Nullable String name) {
      brand = name;
      return this;
    }

    /**
     * Sets the values of an attribute. Default: no attributes.
     *
     * @param name as {@link ProductField#attribute} allows it
     * @param values in order, each 1 to 500 characters
     * @return this
     */
    public Builder attribute(String name, Collection<String> values) {
      attributes.put(name, List.copyOf(values));
      return this;
    }

    /**
     * Sets whether a unit is available. Default: false.
     *
     * @param available whether it is
     * @return this
     */
    public Builder inStock(boolean available) {
      inStock = available;
      return this;
    }

    /**
     * Sets how popular it is. Default: 0.
     *
     * @param score 0 or more and finite
     * @return this
     */
    public Builder popularity(double score) {
      popularity = score;
      return this;
    }

    /**
     * Returns the document.
     *
     * @return the document
     * @throws InvalidInputException if a value is not allowed; it names the field, and never quotes
     *     the value
     */
    public ProductDocument build() {
      return new ProductDocument(this);
    }
  }
}
