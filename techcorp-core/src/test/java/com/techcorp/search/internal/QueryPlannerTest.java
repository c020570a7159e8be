package com.techcorp.search.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.search.FacetRequest;
import com.techcorp.search.PriceRange;
import com.techcorp.search.ProductField;
import com.techcorp.search.SearchQuery;
import com.techcorp.search.SortOrder;
import com.techcorp.search.spi.FilterClause;
import com.techcorp.search.spi.Ranking;
import com.techcorp.search.spi.SearchPlan;
import com.techcorp.search.spi.SearchPlan.PageRequest;
import com.techcorp.search.spi.SortKey;
import com.techcorp.search.spi.TextMatch;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class QueryPlannerTest {
  private static final PriceRange PRICE =
      new PriceRange(new BigDecimal("50"), new BigDecimal("200"));
  private static final PageRequest FIRST = new PageRequest(20, null, null);
  private static final ProductField COLOR = ProductField.attribute("color");

  private static SearchPlan plan(SearchQuery query) {
    return plan(query, Curation.NONE);
  }

  private static SearchPlan plan(SearchQuery query, Curation curation) {
    return QueryPlanner.plan(query, TextMatch.Words.of(query.text()), curation, FIRST);
  }

  private static FilterClause any(ProductField field, String... values) {
    return new FilterClause.AnyValue(field, new TreeSet<>(Arrays.asList(values)));
  }

  @Test
  void plansTheSeedsRequest() {
    SearchQuery seed =
        SearchQuery.builder().text("blue t-shirt").inStock(true).price(PRICE).build();

    assertThat(plan(seed))
        .isEqualTo(
            new SearchPlan(
                TextMatch.Words.of("blue t-shirt"),
                Ranking.NONE,
                List.of(new FilterClause.InStock(true), new FilterClause.Price(PRICE)),
                List.of(),
                List.of(),
                List.of(SortKey.SCORE, SortKey.POPULARITY, SortKey.ID),
                FIRST,
                false,
                null));
  }

  @Test
  void keepsAChoiceOutOfItsOwnFacetAndInAllOthers() {
    FacetRequest colors = new FacetRequest.Values(COLOR);
    FacetRequest brands = new FacetRequest.Values(ProductField.BRAND);
    FacetRequest prices = new FacetRequest.Prices(List.of(new BigDecimal("100")));

    SearchPlan plan =
        plan(
            SearchQuery.builder()
                .text("shirt")
                .inStock(true)
                .price(PRICE)
                .filter(COLOR, "blue", "red")
                .filter(ProductField.CATEGORY, "t-shirts")
                .facet(colors)
                .facet(brands)
                .facet(prices)
                .build());

    assertThat(plan.filters())
        .containsExactly(new FilterClause.InStock(true), any(ProductField.CATEGORY, "t-shirts"));
    assertThat(plan.chosen())
        .containsExactly(new FilterClause.Price(PRICE), any(COLOR, "blue", "red"));
    assertThat(plan.chosenBeside(colors)).containsExactly(new FilterClause.Price(PRICE));
    assertThat(plan.chosenBeside(brands)).isEqualTo(plan.chosen());
    assertThat(plan.chosenBeside(prices)).containsExactly(any(COLOR, "blue", "red"));
  }

  @Test
  void endsEveryOrderWithTheId() {
    for (SortOrder order : SortOrder.values()) {
      List<SortKey> keys = plan(SearchQuery.builder().text("x").sort(order).build()).sort();

      assertThat(keys).as(order.name()).endsWith(SortKey.ID);
    }
  }

  @Test
  void blendsPopularityOnlyWhereItIsAskedFor() {
    assertThat(
            plan(SearchQuery.builder().sort(SortOrder.POPULARITY).build()).ranking().popularity())
        .isTrue();
    assertThat(plan(SearchQuery.builder().sort(SortOrder.NEWEST).build()).ranking().popularity())
        .isFalse();
  }

  @Test
  void pinsAndBoostsWhereHitsAreSortedByScoreAndHidesEverywhere() {
    // given
    List<UUID> pinned = List.of(new UUID(0, 1));
    List<UUID> hidden = List.of(new UUID(0, 2), new UUID(0, 3));
    List<Ranking.Boost> boosts = List.of(new Ranking.Boost(new FilterClause.InStock(true), 2));
    Curation curation = new Curation(pinned, 0, hidden, boosts);

    for (SortOrder order : SortOrder.values()) {
      // when
      SearchPlan plan =
          plan(SearchQuery.builder().text("x").inStock(true).sort(order).build(), curation);

      // then
      boolean byScore = order == SortOrder.RELEVANCE || order == SortOrder.POPULARITY;
      assertThat(plan.ranking())
          .as(order.name())
          .isEqualTo(
              byScore ? new Ranking(order == SortOrder.POPULARITY, boosts, pinned) : Ranking.NONE);
      assertThat(plan.filters())
          .as(order.name())
          .containsExactly(new FilterClause.InStock(true), new FilterClause.NoneOf(hidden));
    }
  }
}
