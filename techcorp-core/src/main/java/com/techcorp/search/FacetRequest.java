package com.techcorp.search;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A facet that a query asks for: hits are counted by a field's values, or by price. */
public sealed interface FacetRequest {
  /** How many values a facet lists if it is not told. */
  int DEFAULT_VALUES = 10;

  /**
   * Counts hits by the values of a field, the most frequent first. The shopper's choice in the same
   * field does not change the counts; what they chose is always listed.
   *
   * @param field the field
   * @param values how many values it lists beside the chosen ones, 1 to 1,000
   */
  record Values(ProductField field, int values) implements FacetRequest {
    /**
     * Refuses a facet of too many values.
     *
     * @throws InvalidQueryException if the number is out of range
     */
    public Values {
      if (values < 1 || values > 1_000) {
        throw new InvalidQueryException("facet", "it lists 1 to 1,000 values");
      }
    }

    /**
     * Creates a facet of {@link FacetRequest#DEFAULT_VALUES} values.
     *
     * @param field the field
     */
    public Values(ProductField field) {
      this(field, DEFAULT_VALUES);
    }
  }

  /**
   * Counts hits in bands of prices. Bounds of 50 and 100 give three bands: below 50, from 50 to
   * below 100, and 100 or more. The shopper's choice of a price does not change the counts.
   *
   * @param bounds 1 to 50 prices, ascending
   */
  record Prices(List<BigDecimal> bounds) implements FacetRequest {
    /**
     * Makes an unmodifiable copy.
     *
     * @throws InvalidQueryException if there are too few or too many bounds, or they do not ascend
     */
    public Prices {
      if (bounds.isEmpty() || bounds.size() > 50) {
        throw new InvalidQueryException("price_facet", "it takes 1 to 50 bounds");
      }
      List<BigDecimal> checked = new ArrayList<>(bounds.size());
      for (BigDecimal bound : bounds) {
        BigDecimal price = PriceRange.checked(bound);
        if (!checked.isEmpty() && checked.get(checked.size() - 1).compareTo(price) >= 0) {
          throw new InvalidQueryException("price_facet", "its bounds must ascend");
        }
        checked.add(price);
      }
      bounds = List.copyOf(checked);
    }
  }
}
