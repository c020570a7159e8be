package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.techcorp.search.FacetRequest;
import com.techcorp.search.FacetResult;
import com.techcorp.search.ProductField;
import com.techcorp.search.spi.FilterClause;
import com.techcorp.search.spi.Ranking;
import com.techcorp.search.spi.Ranking.Boost;
import com.techcorp.search.spi.SearchAnswer;
import com.techcorp.search.spi.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What changes scores beside the text. */
public abstract class SearchIndexRankingContract extends SearchIndexScenario {
  private static final double ROUNDING = 1e-5;

  /** For subclasses. */
  protected SearchIndexRankingContract() {}

  private static Ranking boosted(Boost... boosts) {
    return new Ranking(false, List.of(boosts), List.of());
  }

  private static Ranking pinned(int... numbers) {
    List<UUID> products = new ArrayList<>();
    for (int number : numbers) {
      products.add(id(number));
    }
    return new Ranking(false, List.of(), products);
  }

  @Test
  void popularityMultipliesScores() {
    indexed(
        product(1, "shirt"),
        product(2, "shirt").popularity(0.5),
        product(3, "shirt").popularity(1_000_000));
    double score = scores(search(SearchPlans.words("shirt"))).get(0);

    SearchAnswer answer =
        search(SearchPlans.words("shirt").ranking(new Ranking(true, List.of(), List.of())));

    assertThat(numbers(answer)).containsExactly(3, 2, 1);
    double[] popularity = {1_000_000, 0.5, 0};
    for (int i = 0; i < 3; i++) {
      assertThat(scores(answer).get(i) / score)
          .isCloseTo(Math.log(2 + popularity[i]), within(ROUNDING));
    }
  }

  @Test
  void aBoostMultipliesTheScoresOfWhatItCovers() {
    indexed(product(1, "shirt").brand("a"), product(2, "shirt").brand("b"), product(3, "shirt"));
    double score = scores(search(SearchPlans.words("shirt"))).get(0);

    SearchAnswer answer =
        search(
            SearchPlans.words("shirt")
                .ranking(boosted(new Boost(SearchPlans.anyValue(ProductField.BRAND, "b"), 3))));

    assertThat(numbers(answer)).containsExactly(2, 1, 3);
    assertThat(scores(answer).get(0)).isCloseTo(3 * score, within(ROUNDING));
    assertThat(scores(answer).get(1)).isCloseTo(score, within(ROUNDING));
  }

  @Test
  void allWaysToBoostMultiply() {
    indexed(
        product(1, "shirt", "10").popularity(3),
        product(2, "shirt", "20").popularity(3).inStock(false),
        product(3, "shirt", "30"));
    Ranking ranking =
        new Ranking(
            true,
            List.of(
                new Boost(SearchPlans.price("15", "25"), 4),
                new Boost(new FilterClause.InStock(false), 0.5f),
                new Boost(new FilterClause.AnyOf(List.of(id(2), id(3))), 3),
                new Boost(new FilterClause.NoneOf(List.of(id(1))), 2)),
            List.of());
    double score = scores(search(SearchPlans.words("shirt"))).get(0);

    SearchAnswer answer = search(SearchPlans.words("shirt").ranking(ranking));

    assertThat(numbers(answer)).containsExactly(2, 3, 1);
    assertThat(scores(answer).get(0) / score).isCloseTo(Math.log(5) * 12, within(1e-4));
    assertThat(scores(answer).get(1) / score).isCloseTo(Math.log(2) * 6, within(1e-4));
    assertThat(scores(answer).get(2) / score).isCloseTo(Math.log(5), within(1e-4));
  }

  @Test
  void pinnedProductsComeFirstWhateverTheTextIs() {
    indexed(product(1, "shirt"), product(2, "hat"), product(3, "lamp"), product(4, "shirt shirt"));

    SearchAnswer answer = search(SearchPlans.words("shirt").ranking(pinned(3, 1, 9)));

    assertThat(numbers(answer)).startsWith(3, 1).containsExactlyInAnyOrder(3, 1, 4);
    assertThat(answer.total()).isEqualTo(3);
    assertThat(scores(answer))
        .startsWith((double) Ranking.pinnedScore(0), (double) Ranking.pinnedScore(1));
  }

  @Test
  void manyProductsArePinnedInOrder() {
    List<Integer> order = new ArrayList<>();
    for (int number = 1; number <= 20; number++) {
      indexed(product(number, "shirt").popularity(1_000_000));
      order.add(0, number);
    }
    Ranking ranking =
        new Ranking(
            true,
            List.of(new Boost(SearchPlans.price("1", null), 100)),
            order.subList(0, 19).stream().map(number -> id(number)).toList());

    assertThat(found(SearchPlans.words("shirt").ranking(ranking))).isEqualTo(order);
  }

  @Test
  void pinnedProductsPassTheFilters() {
    indexed(
        product(1, "shirt"),
        product(2, "hat").inStock(false),
        product(3, "lamp").brand("a"),
        product(4, "lamp").brand("b"));

    SearchPlans plan =
        SearchPlans.words("shirt")
            .ranking(pinned(2, 3, 4))
            .filter(new FilterClause.InStock(true))
            .choose(SearchPlans.anyValue(ProductField.BRAND, "b"))
            .facets(new FacetRequest.Values(ProductField.BRAND));

    SearchAnswer answer = search(plan);

    assertThat(numbers(answer)).containsExactly(4);
    assertThat(answer.facets())
        .containsExactly(
            new FacetResult.Values(
                ProductField.BRAND,
                List.of(new FacetResult.Count("a", 1, false), new FacetResult.Count("b", 1, true)),
                false));
  }

  @Test
  void aPinnedProductThatIsGoneIsNotFound() {
    indexed(product(1, "shirt"), product(2, "hat"));
    write(gone(2, 5));
    refresh();

    assertThat(found(SearchPlans.words("shirt").ranking(pinned(2)))).containsExactly(1);
  }

  @Test
  void pinnedProductsAreSortedLikeOthersByOtherKeys() {
    indexed(product(1, "shirt", "30"), product(2, "hat", "20"), product(3, "shirt", "10"));

    assertThat(found(SearchPlans.words("shirt").ranking(pinned(2)).sort(SortKey.PRICE, SortKey.ID)))
        .containsExactly(3, 2, 1);
  }

  @Test
  void hiddenProductsAreLeftOut() {
    indexed(product(1, "shirt"), product(2, "shirt"), product(3, "shirt"));

    SearchAnswer answer =
        search(
            SearchPlans.words("shirt")
                .filter(new FilterClause.NoneOf(List.of(id(1), id(3), id(9)))));

    assertThat(numbers(answer)).containsExactly(2);
    assertThat(answer.total()).isEqualTo(1);
  }
}
