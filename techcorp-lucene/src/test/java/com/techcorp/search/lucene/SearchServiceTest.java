package com.techcorp.search.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.techcorp.SearchService;
import com.techcorp.SearchSetup;
import com.techcorp.catalog.ProductUpdates;
import com.techcorp.error.UnavailableException;
import com.techcorp.messaging.Inbox;
import com.techcorp.search.CompareOptions;
import com.techcorp.search.Difference;
import com.techcorp.search.Difference.Kind;
import com.techcorp.search.IndexResult;
import com.techcorp.search.InvalidQueryException;
import com.techcorp.search.Match;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.ReindexException;
import com.techcorp.search.ReindexOptions;
import com.techcorp.search.ReindexProgress;
import com.techcorp.search.SearchPage;
import com.techcorp.search.SearchQuery;
import com.techcorp.search.SortOrder;
import com.techcorp.search.Suggestion;
import com.techcorp.storage.WriteSet;
import com.techcorp.testkit.MemoryIndexJournal;
import com.techcorp.testkit.MemoryProducts;
import com.techcorp.testkit.MemoryStorage;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Search as a whole, on Lucene in memory: events index, queries find, operators rebuild. */
class SearchServiceTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Instant TIME = Instant.parse("2024-01-15T10:30:00Z");

  private final MemoryStorage storage = MemoryStorage.create();
  private final MemoryProducts products = new MemoryProducts();
  private final MemoryIndexJournal journal = new MemoryIndexJournal(InstantSource.system());
  private LuceneIndex index = LuceneIndex.inMemory();
  private SearchService shop = start();

  private List<Inbox.DeadLetter> deadLetters() {
    return storage.inbox().dead("search-products-" + index.copyId().orElseThrow(), 10);
  }

  private SearchService start() {
    index = LuceneIndex.inMemory();
    return SearchService.builder()
        .storage(storage)
        .search(SearchSetup.of(index, products, journal))
        .start();
  }

  @AfterEach
  void closes() {
    shop.close();
  }

  @BeforeEach
  void isHealthy() {
    assertThat(shop.health().findings()).isEmpty();
  }

  private UUID put(String title) {
    return put(UUID.randomUUID(), title, 0);
  }

  private UUID put(UUID id, String title, double popularity) {
    products.put(
        ProductDocument.builder(id, title, new BigDecimal("10.00"), TIME)
            .inStock(true)
            .popularity(popularity)
            .build());
    return id;
  }

  private void publish(UUID product) {
    storage
        .unitOfWork()
        .commit(
            null,
            List.of(
                new WriteSet(product, List.of(ProductUpdates.updated(product, List.of("price"))))));
  }

  private SearchPage search(String text) {
    return shop.search().search(SearchQuery.builder().text(text).build());
  }

  private List<UUID> found(String text) {
    return search(text).hits().stream().map(hit -> hit.product().id()).toList();
  }

  private SearchQuery exactly(String text) {
    return SearchQuery.builder().text(text).build();
  }

  @Test
  void anEventBringsAProductIntoTheSearchAndOutOfIt() {
    // given
    UUID shirt = put("blue shirt");
    assertThat(search("shirt").total()).isZero();

    // when
    publish(shirt);

    // then
    await().atMost(LIMIT).until(() -> found("shirt").equals(List.of(shirt)));

    // when it is gone
    products.remove(shirt);
    publish(shirt);

    // then
    await().atMost(LIMIT).until(() -> search("shirt").total() == 0);
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void aProductThatNoIndexTakesIsOneDeadLetterAndHoldsUpNoOther() {
    // given
    UUID bad = UUID.randomUUID();
    products.putUnreadable(bad, "title: it is blank");
    UUID good = put("mug");

    // when
    publish(bad);
    publish(good);

    // then
    await().atMost(LIMIT).until(() -> found("mug").equals(List.of(good)));
    await().atMost(LIMIT).until(() -> deadLetters().size() == 1);
    assertThat(deadLetters().get(0).reason()).contains("title: it is blank");
  }

  @Test
  void widensAQueryThatFindsTooLittle() {
    // given
    UUID shirt = put("azure shirt");
    UUID mug = put(UUID.randomUUID(), "mug", 5);
    shop.indexer().index(List.of(shirt, mug));
    refreshed();

    // when, then
    SearchPage corrected = search("azrue");
    assertThat(corrected.match()).isEqualTo(Match.CORRECTED);
    assertThat(corrected.text()).isEqualTo("azure");
    assertThat(corrected.hits()).hasSize(1);
    SearchPage popular = search("qqqqqqqqqq");
    assertThat(popular.match()).isEqualTo(Match.POPULAR);
    assertThat(popular.hits().get(0).product().id()).isEqualTo(mug);
    assertThat(search("mug").match()).isEqualTo(Match.AS_TYPED);
  }

  private void refreshed() {
    long all = products.idsAfter(null, 1_000).size();
    await().atMost(LIMIT).until(() -> shop.search().search(exactly("")).total() == all);
  }

  @Test
  void pagesFollowEachOtherAndACursorFitsItsQueryOnly() {
    // given: equal scores and popularity
    List<UUID> all = new ArrayList<>();
    for (int i = 0; i < 45; i++) {
      all.add(put("shirt"));
    }
    shop.indexer().index(all);
    refreshed();

    // when
    List<UUID> seen = new ArrayList<>();
    SearchQuery query = SearchQuery.builder().text("shirt").size(10).build();
    SearchPage page = shop.search().search(query);
    while (page.next() != null) {
      page.hits().forEach(hit -> seen.add(hit.product().id()));
      page = shop.search().search(query.toBuilder().cursor(page.next()).build());
    }
    page.hits().forEach(hit -> seen.add(hit.product().id()));

    // then
    assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
    String cursor = shop.search().search(query).next();
    assertThatExceptionOfType(InvalidQueryException.class)
        .isThrownBy(
            () ->
                shop.search()
                    .search(query.toBuilder().sort(SortOrder.NEWEST).cursor(cursor).build()))
        .withMessageStartingWith("cursor: ");
  }

  @Test
  void suggestsTitlesWhileTheShopperTypes() {
    UUID shirt = put(UUID.randomUUID(), "Blue Shirt", 2);
    UUID shoes = put(UUID.randomUUID(), "blue shoes", 3);
    put("red shirt");
    shop.indexer().index(products.idsAfter(null, 10));
    refreshed();

    assertThat(shop.search().suggest("blue sh", 5))
        .containsExactly(new Suggestion("blue shoes", shoes), new Suggestion("Blue Shirt", shirt));
    assertThat(shop.search().suggest(" ", 5)).isEmpty();
  }

  @Test
  void comparesTheIndexWithTheCatalogueAndRepairsIt() {
    // given: one missing, one surplus, one older, one equal
    UUID missing = put("missing");
    UUID surplus = put("surplus");
    UUID older = put("older");
    UUID equal = put("equal");
    shop.indexer().index(List.of(surplus, older, equal));
    products.remove(surplus);
    products.put(
        ProductDocument.builder(older, "older", new BigDecimal("11.00"), TIME.plusSeconds(1))
            .build());

    // when
    Set<Difference> differences =
        new HashSet<>(shop.indexer().compare(CompareOptions.DEFAULT).differences());

    // then
    assertThat(differences)
        .containsExactlyInAnyOrder(
            new Difference(missing, Kind.MISSING),
            new Difference(surplus, Kind.SURPLUS),
            new Difference(older, Kind.OLDER));
    assertThat(shop.indexer().compare(CompareOptions.DEFAULT.withRepair(true)).repaired())
        .isEqualTo(3);
    assertThat(shop.indexer().compare(CompareOptions.DEFAULT).isEqual()).isTrue();
  }

  @Test
  void buildsTheIndexAnewWhileChangesReachBothAndGoesBack() {
    // given
    for (int i = 0; i < 1_200; i++) {
      put("shirt " + i);
    }
    UUID changed = put("first");
    shop.indexer().index(List.of(changed));
    List<ReindexProgress> told = new ArrayList<>();

    // when: a product changes while the new index is filled
    ReindexProgress done =
        shop.indexer()
            .reindex(
                ReindexOptions.DEFAULT,
                progress -> {
                  if (told.isEmpty()) {
                    put(changed, "second", 0);
                    shop.indexer().index(List.of(changed));
                  }
                  told.add(progress);
                });

    // then
    assertThat(done.done()).isEqualTo(1_201);
    assertThat(told).hasSize(3);
    assertThat(shop.search().search(exactly("")).total()).isEqualTo(1_201);
    assertThat(shop.indexer().compare(CompareOptions.DEFAULT).isEqual()).isTrue();

    // and when: the index before is fed, too
    put(changed, "third", 0);
    shop.indexer().index(List.of(changed));
    String back = shop.indexer().rollback();

    // then
    assertThat(back).isNotEqualTo(done.target());
    await().atMost(LIMIT).until(() -> found("third").equals(List.of(changed)));
    assertThat(shop.indexer().rollback()).isEqualTo(done.target());
    assertThat(shop.indexer().compare(CompareOptions.DEFAULT).isEqual()).isTrue();
  }

  @Test
  void goesOnWithARebuildThatWasInterrupted() {
    // given
    for (int i = 0; i < 1_200; i++) {
      put("shirt " + i);
    }
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                shop.indexer()
                    .reindex(
                        ReindexOptions.DEFAULT.withLease(Duration.ofMillis(500)),
                        progress -> {
                          throw new IllegalStateException("killed");
                        }));

    // when: until the lease has ended, nobody else may
    assertThatExceptionOfType(ReindexException.class)
        .isThrownBy(() -> shop.indexer().reindex(ReindexOptions.DEFAULT, progress -> {}))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(ReindexException.Reason.RUNNING));
    await()
        .atMost(LIMIT)
        .ignoreExceptionsInstanceOf(ReindexException.class)
        .untilAsserted(
            () ->
                assertThat(shop.indexer().reindex(ReindexOptions.DEFAULT, p -> {}).done())
                    .isEqualTo(1_200));

    // then
    assertThat(shop.indexer().compare(CompareOptions.DEFAULT).isEqual()).isTrue();
    assertThat(shop.indexer().abandonReindex()).isFalse();
  }

  @Test
  void doesNotLetAnEmptyCatalogueEmptyTheSearch() {
    // given
    UUID shirt = put("shirt");
    shop.indexer().index(List.of(shirt));
    products.remove(shirt);

    // when, then
    assertThatExceptionOfType(ReindexException.class)
        .isThrownBy(() -> shop.indexer().reindex(ReindexOptions.DEFAULT, progress -> {}))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(ReindexException.Reason.TOO_FEW));
    refreshedTotal(1);
    assertThatExceptionOfType(ReindexException.class)
        .isThrownBy(() -> shop.indexer().rollback())
        .satisfies(e -> assertThat(e.reason()).isEqualTo(ReindexException.Reason.NO_PREVIOUS));
  }

  @Test
  void takesNoChangeForIndexedThatIsWrittenNowhere() {
    // given: a journal that was restored to a time before this index
    String instance = "products-" + index.copyId().orElseThrow();
    journal.targets(instance).forEach(target -> journal.remove(instance, target.name()));
    UUID shirt = put("shirt");

    // when, then
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> shop.indexer().index(List.of(shirt)))
        .withMessageContaining("knows no target");
  }

  private void refreshedTotal(long total) {
    await().atMost(LIMIT).until(() -> shop.search().search(exactly("")).total() == total);
  }

  @Test
  void reportsAnIndexThatIsAheadAndHealsItByARebuild(@TempDir Path folder) {
    // given: an index that was written with another journal, whose clock was an hour ahead
    UUID shirt = put("shirt");
    InstantSource ahead = InstantSource.offset(InstantSource.system(), Duration.ofHours(1));
    try (SearchService other =
        SearchService.builder()
            .storage(MemoryStorage.create())
            .search(SearchSetup.of(LuceneIndex.at(folder), products, new MemoryIndexJournal(ahead)))
            .start()) {
      other.indexer().index(List.of(shirt));
    }
    shop.close();
    shop =
        SearchService.builder()
            .storage(storage)
            .search(SearchSetup.of(LuceneIndex.at(folder), products, journal))
            .start();

    // when
    put(shirt, "dress", 0);
    publish(shirt);

    // then
    await()
        .atMost(LIMIT)
        .until(
            () ->
                shop.health().findings().stream()
                    .anyMatch(finding -> finding.code().equals("INDEX_AHEAD")));
    assertThat(shop.indexer().index(List.of(shirt)).get(shirt))
        .isInstanceOf(IndexResult.Ahead.class);
    shop.indexer().reindex(ReindexOptions.DEFAULT, progress -> {});
    assertThat(found("dress")).containsExactly(shirt);
  }
}
