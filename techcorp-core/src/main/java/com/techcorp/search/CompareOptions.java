package com.techcorp.search;

import com.techcorp.error.Require;

/**
 * How an index is compared with the catalogue. Immutable; each {@code with} method returns a
 * changed copy.
 *
 * @param productsPerSecond the most products that are compared in a second; default 0: without a
 *     limit
 * @param repair whether products that differ are indexed again; default false
 */
public record CompareOptions(int productsPerSecond, boolean repair) {
  /** Compares as fast as it can, and changes nothing. */
  public static final CompareOptions DEFAULT = new CompareOptions(0, false);

  /**
   * Refuses options out of range.
   *
   * @throws com.techcorp.error.WiringException names the option and its range
   */
  public CompareOptions {
    Require.atLeast("CompareOptions.productsPerSecond", productsPerSecond, 0);
  }

  /**
   * Returns the options with another rate.
   *
   * @param most products in a second; 0: without a limit
   * @return a changed copy
   */
  public CompareOptions withProductsPerSecond(int most) {
    return new CompareOptions(most, repair);
  }

  /**
   * Returns the options with or without repair.
   *
   * @param wanted whether products that differ are indexed again
   * @return a changed copy
   */
  public CompareOptions withRepair(boolean wanted) {
    return new CompareOptions(productsPerSecond, wanted);
  }
}
