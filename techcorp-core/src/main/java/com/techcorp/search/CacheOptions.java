package com.techcorp.search;

import com.techcorp.error.Require;
import java.time.Duration;

/**
 * How long pages are kept in the cache. Immutable; each {@code with} method returns a changed copy.
 *
 * @param pages the most pages in a process's own cache; 0: no page is kept. A cache that {@code
 *     SearchSetup.withCache} gives has a size of its own. Default 10,000
 * @param ttl how long a page is current at the most; default 1 min
 * @param jitter the share of {@code ttl} by which that is shortened at random, so that pages that
 *     were stored together do not end together; default 0.1
 * @param emptyTtl how long a page is current that no word of the query led to; default 5 s
 * @param staleAge how old a page may be that is returned while the engine is away; default 10 min
 * @param lease how long a process that asks the engine for a page keeps others from doing so;
 *     longer than the engine's time-out; default 5 s
 * @param moves the shortest time between two generations of pages, unless a product is gone or its
 *     stock has changed; default 5 s
 */
public record CacheOptions(
    int pages,
    Duration ttl,
    double jitter,
    Duration emptyTtl,
    Duration staleAge,
    Duration lease,
    Duration moves) {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  /** The defaults. */
  public static final CacheOptions DEFAULT =
      new CacheOptions(
          10_000,
          Duration.ofMinutes(1),
          0.1,
          Duration.ofSeconds(5),
          Duration.ofMinutes(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5));

  /** No page is kept. */
  public static final CacheOptions OFF = DEFAULT.withPages(0);

  /**
   * Refuses options out of range.
   *
   * @throws com.techcorp.error.WiringException names the option and its range
   */
  public CacheOptions {
    Require.between("CacheOptions.pages", pages, 0, 10_000_000);
    Require.between("CacheOptions.ttl", ttl, SHORTEST, LONGEST);
    Require.that(jitter >= 0 && jitter <= 0.9, "CacheOptions.jitter", "from 0 to 0.9", jitter);
    Require.between("CacheOptions.emptyTtl", emptyTtl, SHORTEST, ttl);
    Require.between("CacheOptions.staleAge", staleAge, ttl, Duration.ofDays(7));
    Require.between("CacheOptions.lease", lease, SHORTEST, Duration.ofMinutes(5));
    Require.between("CacheOptions.moves", moves, Duration.ZERO, LONGEST);
  }

  /**
   * Returns the options with another size of a process's own cache.
   *
   * @param most 0 to 10,000,000; 0: no page is kept
   * @return a changed copy
   */
  public CacheOptions withPages(int most) {
    return new CacheOptions(most, ttl, jitter, emptyTtl, staleAge, lease, moves);
  }

  /**
   * Returns the options with another time of pages.
   *
   * @param most 1 ms to 1 day, not longer than {@code staleAge} and not shorter than {@code
   *     emptyTtl}
   * @return a changed copy
   */
  public CacheOptions withTtl(Duration most) {
    return new CacheOptions(pages, most, jitter, emptyTtl, staleAge, lease, moves);
  }

  /**
   * Returns the options with another spread of the times of pages.
   *
   * @param share 0 to 0.9
   * @return a changed copy
   */
  public CacheOptions withJitter(double share) {
    return new CacheOptions(pages, ttl, share, emptyTtl, staleAge, lease, moves);
  }

  /**
   * Returns the options with another time of pages that no word of the query led to.
   *
   * @param most 1 ms to {@code ttl}
   * @return a changed copy
   */
  public CacheOptions withEmptyTtl(Duration most) {
    return new CacheOptions(pages, ttl, jitter, most, staleAge, lease, moves);
  }

  /**
   * Returns the options with another age of pages while the engine is away.
   *
   * @param most {@code ttl} to 7 days
   * @return a changed copy
   */
  public CacheOptions withStaleAge(Duration most) {
    return new CacheOptions(pages, ttl, jitter, emptyTtl, most, lease, moves);
  }

  /**
   * Returns the options with another time for asking the engine.
   *
   * @param most 1 ms to 5 min
   * @return a changed copy
   */
  public CacheOptions withLease(Duration most) {
    return new CacheOptions(pages, ttl, jitter, emptyTtl, staleAge, most, moves);
  }

  /**
   * Returns the options with another time between two generations.
   *
   * @param least 0 to 1 day
   * @return a changed copy
   */
  public CacheOptions withMoves(Duration least) {
    return new CacheOptions(pages, ttl, jitter, emptyTtl, staleAge, lease, least);
  }
}
