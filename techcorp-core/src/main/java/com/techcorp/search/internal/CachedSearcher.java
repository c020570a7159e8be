package com.techcorp.search.internal;

import com.techcorp.concurrent.Threads;
import com.techcorp.search.CacheOptions;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.Match;
import com.techcorp.search.SearchOptions;
import com.techcorp.search.SearchPage;
import com.techcorp.search.SearchQuery;
import com.techcorp.search.SearchUnavailableException;
import com.techcorp.search.Searcher;
import com.techcorp.search.Suggestion;
import com.techcorp.search.spi.SearchCache;
import com.techcorp.search.spi.SearchCache.Lease;
import com.techcorp.search.spi.SearchCache.LookUp;
import com.techcorp.search.spi.SearchCache.PageKey;
import com.techcorp.search.spi.SearchCache.Times;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;

/**
 * Searches the cache first: look-up, miss, one query, store. Only first pages without a snapshot
 * are kept; what follows them belongs to one shopper. While the engine is away, old pages are
 * better than none. Thread-safe.
 */
final class CachedSearcher implements Searcher {
  /** How often it is looked whether another process has stored a page. */
  private static final Duration POLL = Duration.ofMillis(20);

  private final Searcher engine;
  private final SearchCache cache;
  private final String instance;
  private final IndexOptions settings;
  private final CacheOptions options;
  private final QueryCheck check;
  private final Threads threads;
  private final DoubleSupplier random;
  private final CacheCounts counts;
  private final SharedQueries shared;

  /**
   * Creates a searcher.
   *
   * @param engine answers what is not in the cache
   * @param cache throws nothing
   * @param wiring which index
   * @param options limits and times
   * @param random from 0 inclusive to 1 exclusive
   * @param counts of what happens
   */
  CachedSearcher(
      Searcher engine,
      SearchCache cache,
      IndexWiring wiring,
      SearchOptions options,
      DoubleSupplier random,
      CacheCounts counts) {
    this.engine = engine;
    this.cache = cache;
    this.instance = wiring.instance();
    this.settings = wiring.settings();
    this.options = options.cache();
    this.check = new QueryCheck(options.limits());
    this.threads = wiring.threads();
    this.random = random;
    this.counts = counts;
    this.shared = new SharedQueries(threads, counts);
  }

  @Override
  public SearchPage search(SearchQuery query) {
    if (query.cursor().isPresent() || query.snapshot()) {
      return engine.search(query);
    }
    check.check(query);
    PageKey key = new PageKey(instance, CanonicalQuery.hashOfPage(query, settings));
    try {
      return find(query, key);
    } catch (SearchUnavailableException e) {
      return stale(key, e);
    }
  }

  @Override
  public List<Suggestion> suggest(String typed, int limit) {
    return engine.suggest(typed, limit);
  }

  private SearchPage find(SearchQuery query, PageKey key) {
    long begun = threads.nanoTime();
    LookUp found = lookUp(key);
    while (found instanceof LookUp.Taken taken) {
      Duration left = options.lease().minusNanos(threads.nanoTime() - begun);
      if (left.isNegative() || left.isZero() || Thread.currentThread().isInterrupted()) {
        return ask(query); // whoever has the lease must not hold up others any longer
      }
      Optional<SearchPage> page =
          shared.join(key, taken.generation(), left, () -> awaitOther(query, key, begun));
      if (page.isPresent()) {
        return page.get();
      }
      found = lookUp(key);
    }
    return answer(found, query, key);
  }

  /** Another process asks the engine: looks until the page is there or the lease is free. */
  private SearchPage awaitOther(SearchQuery query, PageKey key, long begun) {
    LookUp found = lookUp(key);
    while (found instanceof LookUp.Taken) {
      if (threads.nanoTime() - begun >= options.lease().toNanos()
          || Thread.currentThread().isInterrupted()) {
        return ask(query);
      }
      threads.await(new CompletableFuture<>(), POLL);
      found = lookUp(key);
    }
    return answer(found, query, key);
  }

  private SearchPage answer(LookUp found, SearchQuery query, PageKey key) {
    if (found instanceof LookUp.Hit hit) {
      counts.hit();
      return hit.refresh() == null ? hit.page() : refreshed(query, key, hit.page(), hit.refresh());
    }
    if (found instanceof LookUp.Miss miss) {
      return shared.lead(
          key, miss.lease().generation(), () -> askAndStore(query, key, miss.lease()));
    }
    counts.bypassed();
    return engine.search(query);
  }

  private LookUp lookUp(PageKey key) {
    return cache.lookUp(key, options.lease(), -Math.log(1 - random.getAsDouble()));
  }

  private SearchPage ask(SearchQuery query) {
    counts.miss();
    return engine.search(query);
  }

  /** The page is still current: an engine that fails or is busy is no reason to fail. */
  private SearchPage refreshed(SearchQuery query, PageKey key, SearchPage page, Lease lease) {
    try {
      return askAndStore(query, key, lease);
    } catch (RuntimeException e) {
      return page;
    }
  }

  private SearchPage askAndStore(SearchQuery query, PageKey key, Lease lease) {
    long begun = threads.nanoTime();
    SearchPage page;
    try {
      page = ask(query);
    } catch (Throwable e) {
      cache.release(key, lease);
      throw e;
    }
    Duration took = Duration.ofNanos(threads.nanoTime() - begun);
    if (!cache.store(key, lease, page, new Times(ttl(page), options.staleAge(), took))) {
      counts.leaseLost();
    }
    return page;
  }

  private Duration ttl(SearchPage page) {
    if (page.total() == 0 || page.match() == Match.POPULAR) {
      return options.emptyTtl();
    }
    double share = 1 - options.jitter() * random.getAsDouble();
    return Duration.ofNanos((long) (options.ttl().toNanos() * share));
  }

  private SearchPage stale(PageKey key, SearchUnavailableException unavailable) {
    SearchPage page = cache.lastPage(key).orElseThrow(() -> unavailable);
    counts.stale();
    return new SearchPage(
        page.hits(), page.total(), page.facets(), page.match(), page.text(), page.next(), true);
  }
}
