package com.techcorp.search.internal;

import com.techcorp.search.IndexResult;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what became of products that were to be indexed. Thread-safe. */
final class IndexCounts {
  private final LongAdder indexed = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder ahead = new LongAdder();
  private final LongAdder busy = new LongAdder();

  void add(Collection<IndexResult> results) {
    for (IndexResult result : results) {
      counter(result).increment();
    }
  }

  private LongAdder counter(IndexResult result) {
    if (result instanceof IndexResult.Indexed) {
      return indexed;
    }
    if (result instanceof IndexResult.Refused) {
      return refused;
    }
    return result instanceof IndexResult.Ahead ? ahead : busy;
  }

  Map<String, Long> all() {
    return Map.of(
        "search.indexed",
        indexed.sum(),
        "search.refused-documents",
        refused.sum(),
        "search.index-ahead",
        ahead.sum(),
        "search.engine-busy",
        busy.sum());
  }
}
