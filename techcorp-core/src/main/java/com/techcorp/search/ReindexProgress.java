package com.techcorp.search;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a rebuild of an index is.
 *
 * @param target the new index
 * @param done products that are written
 * @param refused products that cannot be indexed as they are
 * @param productsPerSecond the rate since this process works on it
 * @param expected how many products there may be: as many as the current index has
 */
public record ReindexProgress(
    String target, long done, long refused, double productsPerSecond, long expected) {
  /**
   * Estimates the time left.
   *
   * @return the time, or empty while there is no rate, or if more is done than was expected
   */
  public Optional<Duration> left() {
    long open = expected - done;
    return productsPerSecond <= 0 || open < 0
        ? Optional.empty()
        : Optional.of(Duration.ofMillis((long) (open * 1_000 / productsPerSecond)));
  }
}
