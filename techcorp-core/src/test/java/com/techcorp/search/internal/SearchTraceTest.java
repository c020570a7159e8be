package com.techcorp.search.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.search.IndexOptions;
import com.techcorp.search.IndexingOptions;
import com.techcorp.search.SearchOptions;
import com.techcorp.search.SearchPage;
import com.techcorp.search.SearchQuery;
import com.techcorp.search.spi.SearchCache;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The steps of a search, as the design's diagram has them. */
class SearchTraceTest {
  private final List<String> calls = new ArrayList<>();
  private final StepTime time = new StepTime();
  private final RecordingIndex index = new RecordingIndex(calls);
  private final SearchAssembly search =
      new SearchAssembly(
          new IndexWiring(
              index,
              new GenerationJournal(calls),
              new NoProducts(),
              IndexOptions.DEFAULT,
              IndexingOptions.DEFAULT,
              time),
          SearchOptions.DEFAULT,
          NoRules.INSTANCE,
          new RecordingCache(new CaffeineSearchCache(100, time::nanoTime), calls),
          InstantSource.system());

  private record RecordingCache(SearchCache cache, List<String> calls) implements SearchCache {
    @Override
    public LookUp lookUp(PageKey key, Duration lease, double earliness) {
      LookUp found = cache.lookUp(key, lease, earliness);
      calls.add("look-up: " + found.getClass().getSimpleName().toUpperCase(Locale.ROOT));
      return found;
    }

    @Override
    public boolean store(PageKey key, Lease lease, SearchPage page, Times times) {
      calls.add("store");
      return cache.store(key, lease, page, times);
    }

    @Override
    public void release(PageKey key, Lease lease) {
      calls.add("release");
      cache.release(key, lease);
    }

    @Override
    public Optional<SearchPage> lastPage(PageKey key) {
      calls.add("last page");
      return cache.lastPage(key);
    }

    @Override
    public void moveTo(String index, long generation) {
      cache.moveTo(index, generation);
    }
  }

  @Test
  void aSearchIsLookUpMissOneQueryStoreAndTheSameAgainNoQuery() {
    search.open();
    calls.clear();
    SearchQuery query = SearchQuery.builder().text("blue t-shirt").inStock(true).build();

    SearchPage page = search.searcher().search(query);
    assertThat(calls).containsExactly("look-up: MISS", "query", "store");
    calls.clear();
    SearchPage again = search.searcher().search(query);

    assertThat(calls).containsExactly("look-up: HIT");
    assertThat(again).isEqualTo(page);
    assertThat(search.counters())
        .containsEntry("search.cache-hits", 1L)
        .containsEntry("search.cache-misses", 1L);
    search.close();
  }
}
