package com.techcorp.search;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Prices in the index's currency, both ends included. At least one end is given, none is negative,
 * and they are in order.
 *
 * @param from the lowest price; null: no lower bound
 * @param to the highest price; null: no upper bound
 */
public record PriceRange(@Nullable BigDecimal from, @Nullable BigDecimal to) {
  /**
   * Refuses a range that makes no sense.
   *
   * @throws InvalidQueryException if no end is given, one is negative or has more than 15 digits
   *     before or 6 after the point, or they are out of order
   */
  public PriceRange {
    if (from == null && to == null) {
      throw new InvalidQueryException("price", "a range needs a lower or an upper bound");
    }
    from = from == null ? null : checked(from);
    to = to == null ? null : checked(to);
    if (from != null && to != null && from.compareTo(to) > 0) {
      throw new InvalidQueryException("price", "the lower bound must not be above the upper one");
    }
  }

  /**
   * Returns a price as filters and facets use it: without trailing zeros, so that equal prices are
   * equal values.
   *
   * @param price a price
   * @return the same number
   * @throws InvalidQueryException if it is negative or has too many digits
   */
  static BigDecimal checked(BigDecimal price) {
    if (price.signum() < 0
        || price.scale() > 100
        || price.scale() < -15
        || price.stripTrailingZeros().scale() > 6
        || price.precision() - price.scale() > 15) {
      throw new InvalidQueryException(
          "price",
          "a price must be 0 or more, with at most 15 digits before and 6 after the point");
    }
    BigDecimal plain = price.stripTrailingZeros();
    return plain.scale() < 0 ? plain.setScale(0) : plain;
  }
}
