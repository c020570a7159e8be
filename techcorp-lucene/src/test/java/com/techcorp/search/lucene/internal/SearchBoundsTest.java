package com.techcorp.search.lucene.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.OverloadedException;
import com.techcorp.search.FacetRequest;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.IndexOptions.Language;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.ProductField;
import com.techcorp.search.SearchUnavailableException;
import com.techcorp.search.lucene.LuceneOptions;
import com.techcorp.search.spi.IndexWrite;
import com.techcorp.search.spi.Ranking;
import com.techcorp.search.spi.SearchPlan;
import com.techcorp.search.spi.SortKey;
import com.techcorp.search.spi.TextMatch;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.lucene.index.IndexReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many searches run at once, and how long each of them. */
class SearchBoundsTest {
  private static final SearchPlan PLAN =
      new SearchPlan(
          new TextMatch.All(),
          Ranking.NONE,
          List.of(),
          List.of(),
          List.of(new FacetRequest.Values(ProductField.BRAND)),
          List.of(SortKey.SCORE, SortKey.ID),
          new SearchPlan.PageRequest(10, null, null),
          false,
          null);

  private Targets targets;

  @BeforeEach
  void openTargets() throws IOException {
    targets = Targets.open(new MemoryStore(), IndexOptions.DEFAULT, LuceneOptions.DEFAULT);
    IndexTarget target = targets.get(targets.current());
    target.write(List.of(new IndexWrite.Put(product(), 1)));
    target.refresh();
  }

  private static ProductDocument product() {
    return ProductDocument.builder(new UUID(0, 1), "shirt", BigDecimal.ONE, Instant.EPOCH).build();
  }

  @AfterEach
  void closeTargets() throws IOException {
    targets.close();
  }

  @Test
  void moreSearchesThanAllowedAreRefused() throws IOException {
    Searches searches =
        new Searches(
            Language.ENGLISH,
            LuceneOptions.DEFAULT
                .withConcurrentSearches(1)
                .withSearchTimeout(Duration.ofMinutes(2)));
    Searches.State state = targets::acquireCurrent;

    searches.search(
        () -> { // while this search runs
          assertThatThrownBy(() -> searches.search(state, PLAN))
              .isInstanceOf(OverloadedException.class)
              .hasMessageContaining("LuceneOptions.concurrentSearches");
          assertThatThrownBy(() -> searches.suggest(state, "shirt", 1))
              .isInstanceOf(OverloadedException.class);
          assertThatThrownBy(() -> searches.corrections(state, Set.of("shirt")))
              .isInstanceOf(OverloadedException.class);
          return state.acquire();
        },
        PLAN);

    assertThat(searches.search(state, PLAN).total()).isEqualTo(1);
  }

  @Test
  void aSearchThatFailsGivesItsPlaceBack() throws IOException {
    Searches searches =
        new Searches(
            Language.ENGLISH,
            LuceneOptions.DEFAULT
                .withConcurrentSearches(1)
                .withSearchTimeout(Duration.ofMinutes(2)));

    assertThatThrownBy(
            () ->
                searches.search(
                    () -> {
                      throw new IOException("simulated");
                    },
                    PLAN))
        .isInstanceOf(IOException.class);

    assertThat(searches.search(targets::acquireCurrent, PLAN).total()).isEqualTo(1);
  }

  @Test
  void aSearchThatTakesTooLongFailsAndGivesNoPartOfAPage() throws IOException {
    Searches searches = new Searches(Language.ENGLISH, LuceneOptions.DEFAULT);
    IndexReader reader = targets.acquireCurrent();
    try (IndexReader slow = new SlowReader(reader, LuceneOptions.DEFAULT.searchTimeout())) {
      assertThatThrownBy(
              () ->
                  searches.search(
                      () -> {
                        slow.incRef();
                        return slow;
                      },
                      PLAN))
          .isInstanceOf(SearchUnavailableException.class)
          .hasMessageContaining("LuceneOptions.searchTimeout");
    }
  }
}
