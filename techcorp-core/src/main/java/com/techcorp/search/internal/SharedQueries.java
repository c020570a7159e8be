package com.techcorp.search.internal;

import com.techcorp.concurrent.Threads;
import com.techcorp.search.SearchPage;
import com.techcorp.search.spi.SearchCache.PageKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Lets callers of this process that wait for the same page wait for one of them. Those of another
 * generation do not join: what is under way may be older than what they must see. Thread-safe.
 */
final class SharedQueries {
  private final Map<Awaited, CompletableFuture<SearchPage>> running = new ConcurrentHashMap<>();
  private final Threads threads;
  private final CacheCounts counts;

  private record Awaited(PageKey key, long generation) {}

  SharedQueries(Threads threads, CacheCounts counts) {
    this.threads = threads;
    this.counts = counts;
  }

  /**
   * Gets a page, for others to join from now on.
   *
   * @param key whose page
   * @param generation the index's generation before the query
   * @param source gets it; what it throws reaches all that joined
   */
  SearchPage lead(PageKey key, long generation, Supplier<SearchPage> source) {
    CompletableFuture<SearchPage> page = new CompletableFuture<>();
    Awaited awaited = new Awaited(key, generation);
    running.put(awaited, page);
    return complete(awaited, page, source);
  }

  /**
   * Waits for the page that another caller gets; if there is none, gets it, for others to join.
   *
   * @param key whose page
   * @param generation the index's generation at the look-up
   * @param limit how long to wait for the other one
   * @param source gets it if nobody else does
   * @return empty if it took too long
   */
  Optional<SearchPage> join(
      PageKey key, long generation, Duration limit, Supplier<SearchPage> source) {
    CompletableFuture<SearchPage> page = new CompletableFuture<>();
    Awaited awaited = new Awaited(key, generation);
    CompletableFuture<SearchPage> other = running.putIfAbsent(awaited, page);
    if (other == null) {
      return Optional.of(complete(awaited, page, source));
    }
    if (!threads.await(other, limit)) {
      return Optional.empty();
    }
    SearchPage found = result(other);
    counts.hit();
    return Optional.of(found);
  }

  private SearchPage complete(
      Awaited awaited, CompletableFuture<SearchPage> page, Supplier<SearchPage> source) {
    try {
      SearchPage found = source.get();
      page.complete(found);
      return found;
    } catch (Throwable e) {
      page.completeExceptionally(e);
      throw e;
    } finally {
      running.remove(awaited, page);
    }
  }

  private static SearchPage result(CompletableFuture<SearchPage> done) {
    try {
      return done.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
