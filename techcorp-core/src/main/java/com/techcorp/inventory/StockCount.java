package com.techcorp.inventory;

import java.util.Objects;
import java.util.UUID;

/**
 * How many units of a product can be reserved, and by which version of that number. Of two counts
 * of a product, the one with the higher version is the newer one, in whatever order they arrive.
 *
 * @param productId the product
 * @param available units that can be reserved, at least 0
 * @param version at least 0; every change of the available units raises it, and nothing lowers it,
 *     even after a fail-over of the storage that lost commits
 */
public record StockCount(UUID productId, long available, long version) {
  /** Refuses a count that no storage can give. */
  public StockCount {
    Objects.requireNonNull(productId, "productId");
    if (available < 0 || version < 0) {
      throw new IllegalArgumentException(
          "neither available nor version is negative: " + available + ", " + version);
    }
  }

  /**
   * Returns the newer one of two counts of a product.
   *
   * @param one a count
   * @param other a count of the same product
   * @return the one with the higher version; the first of equal ones
   */
  public static StockCount newer(StockCount one, StockCount other) {
    return other.version() > one.version() ? other : one;
  }
}
