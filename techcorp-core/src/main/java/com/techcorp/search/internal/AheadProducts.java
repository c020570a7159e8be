package com.techcorp.search.internal;

import com.techcorp.health.Finding;
import com.techcorp.health.HealthStatus;
import com.techcorp.search.IndexResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Products of which the index has a version that the journal never gave. Changes of these products
 * reach no search until an operator rebuilds the index, so an operator must be told. Thread-safe.
 */
final class AheadProducts {
  static final String ADVICE =
      "the index has a version of this product that the journal never gave, because the index was"
          + " written with another journal, or the journal's database was restored: rebuild the index"
          + " (reindex)";

  private static final Logger log = LoggerFactory.getLogger("com.techcorp.SearchService");
  private static final int MOST = 1_000;

  private final LongSupplier nanoTime;

  /** By product, since when. */
  private final Map<UUID, Long> products = new LinkedHashMap<>();

  AheadProducts(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  synchronized void saw(Map<UUID, IndexResult> results) {
    results.forEach(
        (product, result) -> {
          if (!(result instanceof IndexResult.Ahead)) {
            products.remove(product);
          } else if (products.size() < MOST && !products.containsKey(product)) {
            if (products.isEmpty()) {
              log.error("Product {}: {}", product, ADVICE);
            }
            products.put(product, nanoTime.getAsLong());
          }
        });
  }

  synchronized List<Finding> findings() {
    if (products.isEmpty()) {
      return List.of();
    }
    Map.Entry<UUID, Long> oldest = products.entrySet().iterator().next();
    return List.of(
        new Finding(
            "INDEX_AHEAD",
            HealthStatus.DEGRADED,
            products.size() + " products, such as this one: " + ADVICE,
            Duration.ofNanos(nanoTime.getAsLong() - oldest.getValue()),
            null,
            oldest.getKey()));
  }
}
