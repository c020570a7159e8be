package com.techcorp.search;

import com.techcorp.error.Require;
import java.util.Objects;

/**
 * How queries are answered. Immutable; each {@code with} method returns a changed copy.
 *
 * @param limits the bounds on a query; default {@link SearchLimits#DEFAULT}
 * @param enoughHits with fewer hits the spelling is corrected, and then any word, typed or
 *     corrected, will do; default 3, 0: never
 * @param popularIfNothingMatches whether a query that matches nothing gets what is popular within
 *     its filters; default true
 * @param cache how long pages are kept; default {@link CacheOptions#DEFAULT}
 */
public record SearchOptions(
    SearchLimits limits, int enoughHits, boolean popularIfNothingMatches, CacheOptions cache) {
  /** The defaults. */
  public static final SearchOptions DEFAULT =
      new SearchOptions(SearchLimits.DEFAULT, 3, true, CacheOptions.DEFAULT);

  /**
   * Refuses options out of range.
   *
   * @throws com.techcorp.error.WiringException names the option and its range
   */
  public SearchOptions {
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(cache, "cache");
    Require.between("SearchOptions.enoughHits", enoughHits, 0, 100);
  }

  /**
   * Returns the options with other limits.
   *
   * @param other the bounds on a query
   * @return a changed copy
   */
  public SearchOptions withLimits(SearchLimits other) {
    return new SearchOptions(other, enoughHits, popularIfNothingMatches, cache);
  }

  /**
   * Returns the options with another number of hits that are enough.
   *
   * @param hits 0 to 100; 0: the query is never widened by its spelling
   * @return a changed copy
   */
  public SearchOptions withEnoughHits(int hits) {
    return new SearchOptions(limits, hits, popularIfNothingMatches, cache);
  }

  /**
   * Returns the options with another answer to queries that match nothing.
   *
   * @param popular whether they get what is popular within their filters
   * @return a changed copy
   */
  public SearchOptions withPopularIfNothingMatches(boolean popular) {
    return new SearchOptions(limits, enoughHits, popular, cache);
  }

  /**
   * Returns the options with another way of keeping pages.
   *
   * @param other how long pages are kept
   * @return a changed copy
   */
  public SearchOptions withCache(CacheOptions other) {
    return new SearchOptions(limits, enoughHits, popularIfNothingMatches, other);
  }
}
