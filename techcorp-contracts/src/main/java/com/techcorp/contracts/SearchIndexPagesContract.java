package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.search.ProductDocument;
import com.techcorp.search.spi.SearchAnswer;
import com.techcorp.search.spi.SearchAnswer.Found;
import com.techcorp.search.spi.SortKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The order of hits, and pages of them. */
public abstract class SearchIndexPagesContract extends SearchIndexScenario {
  /** For subclasses. */
  protected SearchIndexPagesContract() {}

  /** All hits, page by page. */
  private List<Found> pages(SearchPlans plan, int size) {
    List<Found> all = new ArrayList<>();
    @Nullable List<Object> after = null;
    while (true) {
      SearchAnswer page = search(plan.page(size, after));
      assertThat(page.hits()).hasSizeLessThanOrEqualTo(size);
      all.addAll(page.hits());
      assertThat((long) all.size()).as("hits on all pages").isLessThanOrEqualTo(page.total());
      if (page.hits().size() < size) {
        assertThat(page.total()).isEqualTo(all.size());
        return all;
      }
      after = page.hits().get(size - 1).sortValues();
    }
  }

  private static List<Integer> numbers(List<Found> hits) {
    return hits.stream().map(SearchIndexScenario::number).toList();
  }

  @Test
  void byPriceBothWays() {
    indexed(product(1, "shirt", "9.90"), product(2, "shirt", "10"), product(3, "shirt", "9.90"));

    assertThat(found(SearchPlans.all().sort(SortKey.PRICE, SortKey.ID))).containsExactly(1, 3, 2);
    assertThat(found(SearchPlans.all().sort(SortKey.PRICE_DESCENDING, SortKey.ID)))
        .containsExactly(2, 1, 3);
  }

  @Test
  void byTimeOfChange() {
    indexed(changed(1, 5), changed(2, 7), changed(3, 6));

    SearchAnswer answer = search(SearchPlans.all().sort(SortKey.UPDATED_AT, SortKey.ID));

    assertThat(numbers(answer)).containsExactly(2, 3, 1);
    assertThat(answer.hits().get(0).sortValues())
        .containsExactly(TIME.plusSeconds(7).toEpochMilli(), id(2).toString());
  }

  private static ProductDocument.Builder changed(int number, int seconds) {
    ProductDocument product = product(number, "shirt").build();
    return ProductDocument.builder(
        product.id(), product.title(), product.price(), TIME.plusSeconds(seconds));
  }

  @Test
  void equalScoresBreakByPopularityAndId() {
    indexed(
        product(2, "shirt").popularity(1),
        product(1, "shirt").popularity(1),
        product(3, "shirt").popularity(2),
        product(4, "shirt"));

    SearchAnswer answer = search(SearchPlans.words("shirt"));

    assertThat(numbers(answer)).containsExactly(3, 1, 2, 4);
    List<Object> values = answer.hits().get(1).sortValues();
    assertThat(values.get(0)).isInstanceOf(Double.class);
    assertThat(values.subList(1, 3)).containsExactly(1.0, id(1).toString());
  }

  @Test
  void aPageWithoutHitsHasATotal() {
    indexed(product(1, "shirt"), product(2, "shirt"));

    SearchAnswer answer = search(SearchPlans.words("shirt").page(0, null));

    assertThat(answer.hits()).isEmpty();
    assertThat(answer.total()).isEqualTo(2);
  }

  @Test
  void theTotalIsExactHoweverManyMatch() {
    List<ProductDocument> products = new ArrayList<>();
    for (int number = 1; number <= 12_000; number++) {
      products.add(product(number, "shirt").build());
    }
    indexed(index(), products);

    SearchAnswer page = search(SearchPlans.words("shirt").page(10, null));

    assertThat(page.total()).isEqualTo(12_000);
    SearchAnswer next =
        search(SearchPlans.words("shirt").page(10, page.hits().get(9).sortValues()));
    assertThat(next.total()).isEqualTo(12_000);
    assertThat(numbers(next)).startsWith(11);
  }

  @Test
  void pagesOfEqualScoresRepeatAndMissNone() {
    assertPagesOfEqualScores(1_000, 70);
  }

  @Test
  @Tag("soak")
  @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void pagesOfManyEqualScoresRepeatAndMissNone() {
    assertPagesOfEqualScores(20_000, 100);
  }

  private void assertPagesOfEqualScores(int count, int size) {
    List<ProductDocument> products = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      products.add(product(number, "shirt").build());
    }
    Collections.shuffle(products, new Random(1));
    indexed(index(), products);

    List<Integer> found = numbers(pages(SearchPlans.words("shirt"), size));

    assertThat(found).hasSize(count).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void pagesOfEverySizeGiveTheSameHits() {
    SearchModel model = SearchModel.random(3, 200);
    indexed(index(), model.products());
    for (List<SortKey> keys :
        List.of(
            SearchPlans.RELEVANCE,
            List.of(SortKey.PRICE, SortKey.ID),
            List.of(SortKey.PRICE_DESCENDING, SortKey.ID),
            List.of(SortKey.UPDATED_AT, SortKey.ID),
            List.of(SortKey.POPULARITY, SortKey.ID),
            List.of(SortKey.ID))) {
      SearchPlans plan = SearchPlans.words("a1 a2 b3").sort(keys.toArray(SortKey[]::new));
      List<Integer> all = numbers(pages(plan, 1_000));
      assertThat(all).hasSize(model.matching(plan.plan()).size());
      for (int size : new int[] {1, 7, all.size()}) {
        assertThat(numbers(pages(plan, size))).as(keys + " by " + size).isEqualTo(all);
      }
    }
  }

  @Test
  void everySortKeySorts() {
    SearchModel model = SearchModel.random(4, 100);
    indexed(index(), model.products());

    assertSorted(model, SortKey.PRICE, Comparator.comparing(ProductDocument::price));
    assertSorted(
        model, SortKey.PRICE_DESCENDING, Comparator.comparing(ProductDocument::price).reversed());
    assertSorted(
        model, SortKey.POPULARITY, Comparator.comparing(ProductDocument::popularity).reversed());
    assertSorted(
        model, SortKey.UPDATED_AT, Comparator.comparing(ProductDocument::updatedAt).reversed());
  }

  private void assertSorted(
      SearchModel model, SortKey key, Comparator<ProductDocument> comparator) {
    List<ProductDocument> expected = new ArrayList<>(model.products());
    expected.sort(comparator.thenComparing(product -> product.id().toString()));

    assertThat(search(SearchPlans.all().sort(key, SortKey.ID)).hits())
        .as(key.toString())
        .extracting(Found::product)
        .isEqualTo(expected);
  }

  @Test
  void aPageBeginsBehindAHitThatIsGone() {
    indexed(product(1, "shirt"), product(2, "shirt"), product(3, "shirt"));
    List<Object> after =
        search(SearchPlans.words("shirt").page(2, null)).hits().get(1).sortValues();
    write(gone(2, 5));
    refresh();

    assertThat(found(SearchPlans.words("shirt").sort(SortKey.ID).page(2, after.subList(2, 3))))
        .containsExactly(3);
  }

  @Test
  void aPageBeyondTheLastHitIsEmpty() {
    indexed(product(1, "shirt"));
    List<Object> after = search(SearchPlans.words("shirt")).hits().get(0).sortValues();

    SearchAnswer answer = search(SearchPlans.words("shirt").page(10, after));

    assertThat(answer.hits()).isEmpty();
    assertThat(answer.total()).isEqualTo(1);
  }

  @Test
  void hitsAreTheDocuments() {
    ProductDocument product =
        product(1, "Basic Cotton T-Shirt", "89.90")
            .description("100% cotton t-shirt...")
            .originalPrice(new BigDecimal("119.90"))
            .category("t-shirts")
            .brand("techcorp-basics")
            .attribute("color", List.of("blue", "red", "black"))
            .popularity(0.85)
            .build();
    indexed(index(), List.of(product));

    assertThat(search(SearchPlans.all()).hits())
        .extracting(hit -> hit.product().json())
        .containsExactly(product.json());
    assertThat(search(SearchPlans.all()).hits().get(0).highlights()).isEmpty();
  }
}
