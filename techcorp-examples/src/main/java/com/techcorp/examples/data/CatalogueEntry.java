package com.techcorp.examples.data;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.time.Instant;
import java.util.Collections;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One product of {@code catalogue.json}: the document that search indexes, with the currency of its
 * prices and the units in stock at the start. In the file the parts are one object; prices are
 * decimals with two places there and exact minor units here.
 *
 * @param id the product, unique in the file
 * @param title what a customer reads first
 * @param description a few sentences of plain text
 * @param prices what it costs, now and before any discount
 * @param facets what search filters by
 * @param ranking what search orders by
 * @param currency ISO 4217 code of a currency with two decimal places
 * @param stock units on hand at the start, 0 or more
 */
public record CatalogueEntry(
    UUID id,
    String title,
    String description,
    @JsonUnwrapped Prices prices,
    @JsonUnwrapped Facets facets,
    @JsonUnwrapped Ranking ranking,
    String currency,
    int stock) {

  /**
   * What a product costs.
   *
   * @param price minor units of the currency, at least 1
   * @param originalPrice minor units before any discount, at least {@code price}
   */
  public record Prices(
      @JsonSerialize(using = DataJson.MoneyWriter.class)
          @JsonDeserialize(using = DataJson.MoneyReader.class)
          long price,
      @JsonSerialize(using = DataJson.MoneyWriter.class)
          @JsonDeserialize(using = DataJson.MoneyReader.class)
          long originalPrice) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is outside the range its component states
     */
    public Prices {
      DataJson.require(price >= 1, "price must be at least 0.01");
      DataJson.require(originalPrice >= price, "original_price is below price");
    }
  }

  /**
   * What search filters by.
   *
   * @param category slug, such as {@code t-shirts}
   * @param brand slug, such as {@code techcorp-basics}
   * @param attributes facet values by facet name, in the file's order, unmodifiable
   */
  public record Facets(String category, String brand, Map<String, List<String>> attributes) {
    /** Copies the attributes. */
    public Facets {
      Map<String, List<String>> copy = new LinkedHashMap<>();
      attributes.forEach((name, values) -> copy.put(name, List.copyOf(values)));
      attributes = Collections.unmodifiableMap(copy);
    }
  }

  /**
   * What search orders by.
   *
   * @param inStock whether search may show the product as available
   * @param popularityScore from 0 to 1, higher is more popular
   * @param updatedAt when the product was last changed
   */
  public record Ranking(boolean inStock, double popularityScore, Instant updatedAt) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is outside the range its component states
     */
    public Ranking {
      DataJson.require(
          popularityScore >= 0 && popularityScore <= 1, "popularity_score must be from 0 to 1");
    }
  }

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a value is outside the range its component states
   */
  public CatalogueEntry {
    DataJson.require(!title.isBlank(), "title is blank");
    DataJson.require(stock >= 0, "stock is negative");
    DataJson.require(
        Currency.getInstance(currency).getDefaultFractionDigits() == 2,
        "currency must have two decimal places");
  }
}
