package com.techcorp.search.internal;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts how searches were answered. Thread-safe. */
final class CacheCounts {
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder stale = new LongAdder();
  private final LongAdder bypassed = new LongAdder();
  private final LongAdder leasesLost = new LongAdder();

  /** A page came from the cache, or from the query of another shopper at the same time. */
  void hit() {
    hits.increment();
  }

  /** A page came from the engine. */
  void miss() {
    misses.increment();
  }

  /** The engine was away, and an old page came from the cache. */
  void stale() {
    stale.increment();
  }

  /** The cache was away. */
  void bypassed() {
    bypassed.increment();
  }

  /** A page was not kept, because its query took too long or its generation was over. */
  void leaseLost() {
    leasesLost.increment();
  }

  Map<String, Long> all() {
    return Map.of(
        "search.cache-hits",
        hits.sum(),
        "search.cache-misses",
        misses.sum(),
        "search.cache-stale",
        stale.sum(),
        "search.cache-bypassed",
        bypassed.sum(),
        "search.cache-leases-lost",
        leasesLost.sum());
  }
}
