package com.techcorp.search.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.concurrent.OwnThreads;
import com.techcorp.concurrent.Threads;
import com.techcorp.error.OverloadedException;
import com.techcorp.error.UnavailableException;
import com.techcorp.search.CacheOptions;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.IndexingOptions;
import com.techcorp.search.InvalidQueryException;
import com.techcorp.search.Match;
import com.techcorp.search.SearchOptions;
import com.techcorp.search.SearchPage;
import com.techcorp.search.SearchQuery;
import com.techcorp.search.SearchUnavailableException;
import com.techcorp.search.Searcher;
import com.techcorp.search.Suggestion;
import com.techcorp.search.spi.SearchCache;
import com.techcorp.search.spi.SearchCache.PageKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CachedSearcherTest {
  private static final SearchQuery SHIRT = SearchQuery.builder().text("shirt").build();
  private static final int CALLERS = 1_000;

  private final StepTime time = new StepTime();
  private final SearchCache pages = new CaffeineSearchCache(1_000, time::nanoTime);
  private final Engine engine = new Engine();
  private final CacheCounts counts = new CacheCounts();
  private double random;

  /** Gives each query the number of its page as the text that found it. */
  private static final class Engine implements Searcher {
    final AtomicInteger queries = new AtomicInteger();
    volatile Supplier<SearchPage> answer = () -> page(7);

    SearchPage page(long total) {
      return page(total, Match.AS_TYPED);
    }

    SearchPage page(long total, Match match) {
      String number = "page " + queries.get();
      return new SearchPage(List.of(), total, List.of(), match, number, null, false);
    }

    @Override
    public SearchPage search(SearchQuery query) {
      queries.incrementAndGet();
      return answer.get();
    }

    @Override
    public List<Suggestion> suggest(String typed, int limit) {
      return List.of(new Suggestion(typed, new UUID(0, 1)));
    }
  }

  private CachedSearcher searcher() {
    return searcher(pages, time);
  }

  private CachedSearcher searcher(SearchCache cache, Threads threads) {
    List<String> calls = new ArrayList<>();
    IndexWiring wiring =
        new IndexWiring(
            new RecordingIndex(calls),
            new GenerationJournal(calls),
            new NoProducts(),
            IndexOptions.DEFAULT,
            IndexingOptions.DEFAULT,
            threads);
    return new CachedSearcher(
        engine,
        new OptionalCache(cache, threads::nanoTime),
        wiring,
        SearchOptions.DEFAULT,
        () -> random,
        counts);
  }

  private long counted(String what) {
    return counts.all().getOrDefault("search.cache-" + what, -1L);
  }

  private static PageKey keyOf(SearchQuery query) {
    return new PageKey("products", CanonicalQuery.hashOfPage(query, IndexOptions.DEFAULT));
  }

  @Test
  void theSameSearchAgainCausesNoQuery() {
    CachedSearcher searcher = searcher();

    SearchPage first = searcher.search(SHIRT);
    SearchPage again = searcher.search(SearchQuery.builder().text("  SHIRT ").build());

    assertThat(again).isEqualTo(first);
    assertThat(engine.queries).hasValue(1);
    assertThat(counted("misses")).isEqualTo(1);
    assertThat(counted("hits")).isEqualTo(1);
  }

  /** T69. */
  @Test
  void eachAudienceHasPagesOfItsOwn() {
    CachedSearcher searcher = searcher();
    SearchPage everybody = searcher.search(SHIRT);

    SearchPage resellers =
        searcher.search(SearchQuery.builder().text("shirt").audience("resellers").build());

    assertThat(resellers).isNotEqualTo(everybody);
    assertThat(engine.queries).hasValue(2);
  }

  @Test
  void pagesThatFollowAndSnapshotsAreNotKept() {
    CachedSearcher searcher = searcher();
    SearchQuery snapshot = SearchQuery.builder().text("shirt").snapshot(true).build();
    SearchQuery next = SearchQuery.builder().text("shirt").cursor("next").build();

    List.of(snapshot, snapshot, next, next).forEach(searcher::search);

    assertThat(engine.queries).hasValue(4);
    assertThat(pages.lastPage(keyOf(SHIRT))).isEmpty();
  }

  @Test
  void refusesAQueryBeyondTheLimitsBeforeAnythingElse() {
    assertThatThrownBy(
            () -> searcher().search(SearchQuery.builder().text("x".repeat(100_000)).build()))
        .isInstanceOf(InvalidQueryException.class);
    assertThat(engine.queries).hasValue(0);
  }

  @Test
  void aPageEndsAfterItsTimeWhichIsShortenedAtRandom() {
    CachedSearcher searcher = searcher();
    searcher.search(SHIRT);
    time.pass(Duration.ofSeconds(59));
    searcher.search(SHIRT);
    assertThat(engine.queries).hasValue(1);
    time.pass(Duration.ofSeconds(1));
    random = 0.5;

    searcher.search(SHIRT);
    time.pass(Duration.ofSeconds(56));
    searcher.search(SHIRT);
    assertThat(engine.queries).hasValue(2);
    time.pass(Duration.ofSeconds(1));
    searcher.search(SHIRT);

    assertThat(engine.queries).hasValue(3);
  }

  @Test
  void aPageThatNoWordLedToEndsSoon() {
    CachedSearcher searcher = searcher();
    SearchQuery nothing = SearchQuery.builder().text("nothing").build();
    engine.answer = () -> engine.page(0);
    searcher.search(nothing);
    engine.answer = () -> engine.page(9, Match.POPULAR);
    searcher.search(SHIRT);

    time.pass(Duration.ofSeconds(5));
    searcher.search(nothing);
    searcher.search(SHIRT);

    assertThat(engine.queries).hasValue(4);
  }

  @Test
  void aPageIsRefreshedBeforeItsTimeIsOver() {
    CachedSearcher searcher = searcher();
    engine.answer =
        () -> {
          time.pass(Duration.ofSeconds(2));
          return engine.page(7);
        };
    SearchPage first = searcher.search(SHIRT);
    time.pass(Duration.ofSeconds(50));

    // when: the dice say that less than five times the duration of its query is left
    random = 1 - Math.exp(-4.9);
    assertThat(searcher.search(SHIRT)).isEqualTo(first);
    random = 1 - Math.exp(-5.1);
    assertThat(searcher.search(SHIRT).text()).isEqualTo("page 2");

    // then
    assertThat(engine.queries).hasValue(2);
  }

  @Test
  void aRefreshThatFailsLeavesThePage() {
    CachedSearcher searcher = searcher();
    engine.answer =
        () -> {
          time.pass(Duration.ofSeconds(2));
          return engine.page(7);
        };
    SearchPage first = searcher.search(SHIRT);
    engine.answer =
        () -> {
          throw new OverloadedException("full");
        };
    time.pass(Duration.ofSeconds(59));
    random = 0.9;

    assertThat(searcher.search(SHIRT)).isEqualTo(first);
    assertThat(engine.queries).hasValue(2);
  }

  @Test
  void aThousandIdenticalMissesCauseOneQuery() throws Exception {
    OwnThreads threads = new OwnThreads();
    CachedSearcher searcher = searcher(new CaffeineSearchCache(1_000, threads::nanoTime), threads);
    CountDownLatch allAsked = new CountDownLatch(CALLERS);
    engine.answer =
        () -> {
          await(allAsked);
          return engine.page(7);
        };
    List<SearchPage> found = new ArrayList<>();
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      List<Future<SearchPage>> asked = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        asked.add(
            callers.submit(
                () -> {
                  allAsked.countDown();
                  return searcher.search(SHIRT);
                }));
      }
      for (Future<SearchPage> page : asked) {
        found.add(page.get());
      }
    } finally {
      callers.shutdownNow();
    }

    assertThat(engine.queries).hasValue(1);
    assertThat(found).hasSize(CALLERS).allMatch(page -> page.text().equals("page 1"));
    assertThat(counted("misses")).isEqualTo(1);
    assertThat(counted("hits")).isEqualTo(CALLERS - 1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void waitsForThePageOfAnotherProcess() {
    CachedSearcher searcher = searcher();
    SearchCache.Lease lease =
        ((SearchCache.LookUp.Miss) pages.lookUp(keyOf(SHIRT), Duration.ofSeconds(5), 0)).lease();
    SearchPage theirs =
        new SearchPage(List.of(), 3, List.of(), Match.AS_TYPED, "theirs", null, false);
    SearchCache.Times times =
        new SearchCache.Times(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ZERO);
    time.meanwhile(() -> pages.store(keyOf(SHIRT), lease, theirs, times));

    assertThat(searcher.search(SHIRT)).isEqualTo(theirs);
    assertThat(engine.queries).hasValue(0);
  }

  @Test
  void doesNotWaitForAQueryOfAnEarlierGeneration() {
    // given: a query that is under way when the generation moves, and another process that asks
    CachedSearcher searcher = searcher();
    SearchPage theirs =
        new SearchPage(List.of(), 3, List.of(), Match.AS_TYPED, "theirs", null, false);
    List<SearchPage> found = new ArrayList<>();
    engine.answer =
        () -> {
          pages.moveTo("products", 1);
          SearchCache.LookUp other = pages.lookUp(keyOf(SHIRT), Duration.ofSeconds(5), 0);
          SearchCache.Lease lease = ((SearchCache.LookUp.Miss) other).lease();
          SearchCache.Times times =
              new SearchCache.Times(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ZERO);
          time.meanwhile(() -> pages.store(keyOf(SHIRT), lease, theirs, times));

          // when
          found.add(searcher.search(SHIRT));
          return engine.page(7);
        };
    searcher.search(SHIRT);

    // then: it waited for the other process only, and for no longer than needed
    assertThat(found).containsExactly(theirs);
    assertThat(Duration.ofNanos(time.nanoTime())).isEqualTo(Duration.ofMillis(20));
  }

  @Test
  void aDeadProcessHoldsUpOthersForTheTimeOfItsLease() {
    pages.lookUp(keyOf(SHIRT), Duration.ofSeconds(5), 0);
    long begun = time.nanoTime();

    assertThat(searcher().search(SHIRT).text()).isEqualTo("page 1");

    assertThat(Duration.ofNanos(time.nanoTime() - begun))
        .isBetween(Duration.ofSeconds(5), Duration.ofMillis(5_020));
    assertThat(searcher().search(SHIRT).text()).isEqualTo("page 1");
  }

  @Test
  void aQueryThatFailsGivesItsLeaseBack() {
    CachedSearcher searcher = searcher();
    engine.answer =
        () -> {
          throw new OverloadedException("full");
        };
    assertThatThrownBy(() -> searcher.search(SHIRT)).isInstanceOf(OverloadedException.class);
    engine.answer = () -> engine.page(7);
    long begun = time.nanoTime();

    assertThat(searcher.search(SHIRT).text()).isEqualTo("page 2");
    assertThat(time.nanoTime()).isEqualTo(begun);
  }

  @Test
  void returnsAnOldPageWhileTheEngineIsAway() {
    CachedSearcher searcher = searcher();
    SearchPage before = searcher.search(SHIRT);
    pages.moveTo("products", 1);
    SearchUnavailableException away = new SearchUnavailableException("away");
    engine.answer =
        () -> {
          throw away;
        };

    SearchPage page = searcher.search(SHIRT);

    assertThat(page.stale()).isTrue();
    assertThat(page.text()).isEqualTo(before.text());
    assertThat(counted("stale")).isEqualTo(1);
    assertThatThrownBy(() -> searcher.search(SearchQuery.builder().text("mug").build()))
        .isSameAs(away);
    time.pass(Duration.ofMinutes(10));
    assertThatThrownBy(() -> searcher.search(SHIRT)).isSameAs(away);
  }

  /** T39: what began before a change may show what was before it. */
  @Test
  void aPageWhoseQueryBeganInAnEarlierGenerationIsNotKept() {
    CachedSearcher searcher = searcher();
    engine.answer =
        () -> {
          pages.moveTo("products", 1);
          return engine.page(7);
        };

    searcher.search(SHIRT);
    searcher.search(SHIRT);

    assertThat(engine.queries).hasValue(2);
    assertThat(counted("leases-lost")).isEqualTo(1);
  }

  @Test
  void searchesWithoutTheCacheWhileThatIsAway() {
    AtomicInteger lookUps = new AtomicInteger();
    CachedSearcher searcher = searcher(new AwayCache(lookUps), time);

    assertThat(searcher.search(SHIRT).text()).isEqualTo("page 1");
    assertThat(searcher.search(SHIRT).text()).isEqualTo("page 2");
    assertThat(lookUps).hasValue(1);
    time.pass(Duration.ofSeconds(1));
    assertThat(searcher.search(SHIRT).text()).isEqualTo("page 3");

    assertThat(lookUps).hasValue(2);
    assertThat(counted("bypassed")).isEqualTo(3);
    engine.answer =
        () -> {
          throw new SearchUnavailableException("away");
        };
    assertThatThrownBy(() -> searcher.search(SHIRT)).isInstanceOf(SearchUnavailableException.class);
  }

  /** A server that does not answer. */
  private record AwayCache(AtomicInteger lookUps) implements SearchCache {
    private static UnavailableException away() {
      return new UnavailableException("away");
    }

    @Override
    public LookUp lookUp(PageKey key, Duration lease, double earliness) {
      lookUps.incrementAndGet();
      throw away();
    }

    @Override
    public boolean store(PageKey key, Lease lease, SearchPage page, Times times) {
      throw away();
    }

    @Override
    public void release(PageKey key, Lease lease) {
      throw away();
    }

    @Override
    public Optional<SearchPage> lastPage(PageKey key) {
      throw away();
    }

    @Override
    public void moveTo(String index, long generation) {
      throw away();
    }
  }

  @Test
  void suggestionsAreNotKept() {
    assertThat(searcher().suggest("shi", 5)).hasSize(1);
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> CacheOptions.DEFAULT.withJitter(Double.NaN))
        .hasMessageContaining("CacheOptions.jitter");
    assertThatThrownBy(() -> CacheOptions.DEFAULT.withStaleAge(Duration.ofSeconds(59)))
        .hasMessageContaining("CacheOptions.staleAge");
    assertThat(CacheOptions.OFF.pages()).isZero();
  }
}
