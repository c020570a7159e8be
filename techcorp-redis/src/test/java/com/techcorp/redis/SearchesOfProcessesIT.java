package com.techcorp.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.concurrent.OwnThreads;
import com.techcorp.concurrent.Threads;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.IndexingOptions;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.SearchOptions;
import com.techcorp.search.SearchPage;
import com.techcorp.search.SearchQuery;
import com.techcorp.search.Searcher;
import com.techcorp.search.internal.IndexWiring;
import com.techcorp.search.internal.SearchAssembly;
import com.techcorp.search.spi.SearchAnswer;
import com.techcorp.search.spi.SearchIndex;
import com.techcorp.testkit.MemoryIndexJournal;
import com.techcorp.testkit.MemoryProducts;
import com.techcorp.testkit.MemorySearchRules;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two processes that search the same index, as far as Redis can tell: each has connections, threads
 * and a lease of its own.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SearchesOfProcessesIT {
  private static final int CALLERS = 500;
  private static final int HITS = 3;
  private static final Duration SLOW = Duration.ofMillis(300);
  private static final SearchQuery SHIRT = SearchQuery.builder().text("shirt").build();

  private final AtomicInteger queries = new AtomicInteger();
  private final MemoryIndexJournal journal = new MemoryIndexJournal(InstantSource.system());
  private final Threads threads = new OwnThreads();

  /** An engine that takes its time, and counts. */
  private SearchIndex engine() {
    return (SearchIndex)
        Proxy.newProxyInstance(
            SearchIndex.class.getClassLoader(),
            new Class<?>[] {SearchIndex.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "open", "current" -> "products-1";
                  case "copyId" -> Optional.empty();
                  case "search" -> found();
                  default -> null;
                });
  }

  private SearchAnswer found() throws InterruptedException {
    queries.incrementAndGet();
    Thread.sleep(SLOW.toMillis());
    List<SearchAnswer.Found> hits = new ArrayList<>();
    for (int i = 0; i < HITS; i++) {
      UUID id = new UUID(0, i);
      ProductDocument shirt =
          ProductDocument.builder(id, "Shirt", new BigDecimal("9.90"), Instant.EPOCH).build();
      hits.add(new SearchAnswer.Found(shirt, List.of(id.toString()), Map.of()));
    }
    return new SearchAnswer(hits, HITS, List.of());
  }

  private SearchAssembly process(RedisCache redis) {
    SearchAssembly process =
        new SearchAssembly(
            new IndexWiring(
                engine(),
                journal,
                new MemoryProducts(),
                IndexOptions.DEFAULT,
                IndexingOptions.DEFAULT,
                threads),
            SearchOptions.DEFAULT,
            new MemorySearchRules(),
            redis.searchCache(),
            InstantSource.system());
    process.open();
    return process;
  }

  private static List<SearchPage> searchAtOnce(List<Searcher> searchers) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS * searchers.size());
    try {
      List<Future<SearchPage>> asked = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        for (Searcher searcher : searchers) {
          asked.add(callers.submit(() -> searcher.search(SHIRT)));
        }
      }
      List<SearchPage> pages = new ArrayList<>();
      for (Future<SearchPage> page : asked) {
        pages.add(page.get());
      }
      return pages;
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void aThousandIdenticalMissesOfTwoProcessesCauseOneQuery() throws Exception {
    RedisOptions options = TestRedis.ownPrefix();
    String uri = TestRedis.server().uri();
    try (RedisCache first = RedisCache.connect(uri, options);
        RedisCache second = RedisCache.connect(uri, options);
        SearchAssembly one = process(first);
        SearchAssembly other = process(second)) {
      List<SearchPage> pages = searchAtOnce(List.of(one.searcher(), other.searcher()));

      assertThat(queries).hasValue(1);
      assertThat(pages).hasSize(2 * CALLERS).allMatch(page -> page.total() == HITS);
      assertThat(one.counters().get("search.cache-misses"))
          .isEqualTo(1 - other.counters().get("search.cache-misses"));
      assertThat(other.searcher().search(SHIRT)).isEqualTo(pages.get(0));
      assertThat(queries).hasValue(1);
    } finally {
      TestRedis.server().clear(options);
    }
  }

  @Test
  void searchesGoOnWithoutRedis() {
    RedisOptions options = RedisOptions.DEFAULT;
    try (RedisCache nowhere = RedisCache.connect("redis://127.0.0.1:1", options);
        SearchAssembly alone = process(nowhere)) {
      assertThat(alone.searcher().search(SHIRT).total()).isEqualTo(HITS);
      assertThat(alone.searcher().search(SHIRT).total()).isEqualTo(HITS);

      assertThat(queries).hasValue(2);
      assertThat(alone.counters()).containsEntry("search.cache-bypassed", 2L);
    }
  }
}
