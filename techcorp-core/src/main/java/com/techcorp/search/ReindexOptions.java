package com.techcorp.search;

import com.techcorp.error.Require;
import java.time.Duration;

/**
 * How an index is rebuilt. Immutable; each {@code with} method returns a changed copy.
 *
 * @param productsPerSecond the most products that are read and written in a second; default 0:
 *     without a limit
 * @param smallestShare the share of the current index's products that the new one must have before
 *     searches read it; default 0.9. It keeps an empty catalogue from emptying the search
 * @param samples how many products are compared, one by one, before searches read the new index;
 *     default 500
 * @param lease how long another process leaves a rebuild alone that does not go on; default 30 s
 */
public record ReindexOptions(
    int productsPerSecond, double smallestShare, int samples, Duration lease) {
  /** The defaults. */
  public static final ReindexOptions DEFAULT =
      new ReindexOptions(0, 0.9, 500, Duration.ofSeconds(30));

  /**
   * Refuses options out of range.
   *
   * @throws com.techcorp.error.WiringException names the option and its range
   */
  public ReindexOptions {
    Require.atLeast("ReindexOptions.productsPerSecond", productsPerSecond, 0);
    Require.that(
        smallestShare >= 0 && smallestShare <= 1,
        "ReindexOptions.smallestShare",
        "0 to 1",
        smallestShare);
    Require.between("ReindexOptions.samples", samples, 0, 100_000);
    Require.between("ReindexOptions.lease", lease, Duration.ofMillis(500), Duration.ofHours(1));
  }

  /**
   * Returns the options with another rate.
   *
   * @param most products in a second; 0: without a limit
   * @return a changed copy
   */
  public ReindexOptions withProductsPerSecond(int most) {
    return new ReindexOptions(most, smallestShare, samples, lease);
  }

  /**
   * Returns the options with another smallest share.
   *
   * @param share 0 to 1; 0: any number of products will do
   * @return a changed copy
   */
  public ReindexOptions withSmallestShare(double share) {
    return new ReindexOptions(productsPerSecond, share, samples, lease);
  }

  /**
   * Returns the options with another number of samples.
   *
   * @param products 0 to 100,000
   * @return a changed copy
   */
  public ReindexOptions withSamples(int products) {
    return new ReindexOptions(productsPerSecond, smallestShare, products, lease);
  }

  /**
   * Returns the options with another lease.
   *
   * @param time 500 ms to 1 hour
   * @return a changed copy
   */
  public ReindexOptions withLease(Duration time) {
    return new ReindexOptions(productsPerSecond, smallestShare, samples, time);
  }
}
