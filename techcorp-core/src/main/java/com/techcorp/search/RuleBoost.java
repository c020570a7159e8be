package com.techcorp.search;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Lets some products rank higher, or lower, than their text alone would. Immutable. */
public sealed interface RuleBoost {
  /** The most products of one boost. */
  int MAX_PRODUCTS = 100;

  /**
   * Returns by what scores are multiplied.
   *
   * @return 0.1 to 10; above 1 lifts, below 1 lowers
   */
  double factor();

  /**
   * Some products.
   *
   * @param products 1 to {@link #MAX_PRODUCTS} ids
   * @param factor 0.1 to 10
   */
  record Products(List<UUID> products, double factor) implements RuleBoost {
    /**
     * Makes an unmodifiable copy.
     *
     * @throws com.techcorp.error.InvalidInputException names the field and its limit
     */
    public Products {
      products = RuleLimits.distinct("products", products, 1, MAX_PRODUCTS);
      RuleLimits.factor(factor);
    }
  }

  /**
   * All products that have a value.
   *
   * @param field the category, the brand or an attribute
   * @param value exactly as the products have it
   * @param factor 0.1 to 10
   */
  record Value(ProductField field, String value, double factor) implements RuleBoost {
    /**
     * Refuses what makes no sense.
     *
     * @throws com.techcorp.error.InvalidInputException names the field and its limit
     */
    public Value {
      Objects.requireNonNull(field, "field");
      RuleLimits.value("value", value);
      RuleLimits.factor(factor);
    }
  }
}
