package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.search.FacetRequest;
import com.techcorp.search.FacetResult;
import com.techcorp.search.FacetResult.Band;
import com.techcorp.search.FacetResult.Count;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.ProductField;
import com.techcorp.search.spi.FilterClause;
import com.techcorp.search.spi.SearchAnswer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Facets count what a shopper would get by choosing. */
public abstract class SearchIndexFacetsContract extends SearchIndexScenario {
  private static final FacetRequest BRANDS = new FacetRequest.Values(ProductField.BRAND);
  private static final FacetRequest COLORS = new FacetRequest.Values(SearchModel.COLOR);

  /** For subclasses. */
  protected SearchIndexFacetsContract() {}

  private static FacetResult values(ProductField field, Count... counts) {
    return new FacetResult.Values(field, List.of(counts), false);
  }

  private static Count count(String value, long hits) {
    return new Count(value, hits, false);
  }

  private static Count chosen(String value, long hits) {
    return new Count(value, hits, true);
  }

  @Test
  void countTheHitsOfEachValue() {
    indexed(
        product(1, "shirt").brand("b").attribute("color", List.of("red", "blue")),
        product(2, "shirt").brand("a").attribute("color", List.of("blue")),
        product(3, "shirt").brand("b"),
        product(4, "hat").brand("c").attribute("color", List.of("blue")),
        product(5, "shirt").attribute("size", List.of("blue")));

    SearchAnswer answer = search(SearchPlans.words("shirt").facets(BRANDS, COLORS));

    assertThat(answer.facets())
        .containsExactly(
            values(ProductField.BRAND, count("b", 2), count("a", 1)),
            values(SearchModel.COLOR, count("blue", 2), count("red", 1)));
    assertThat(answer.total()).isEqualTo(4);
  }

  @Test
  void anIndexWithoutProductsHasEmptyFacets() {
    FacetRequest prices = new FacetRequest.Prices(List.of(BigDecimal.TEN));

    assertThat(search(SearchPlans.all().facets(BRANDS, COLORS, prices)).facets())
        .containsExactly(
            values(ProductField.BRAND),
            values(SearchModel.COLOR),
            new FacetResult.Prices(
                List.of(new Band(null, BigDecimal.TEN, 0), new Band(BigDecimal.TEN, null, 0))));
  }

  @Test
  void equalCountsAreSortedByValue() {
    indexed(
        product(1, "shirt").brand("b"),
        product(2, "shirt").brand("é"),
        product(3, "shirt").brand("B"),
        product(4, "shirt").brand("a"));

    assertThat(search(SearchPlans.all().facets(BRANDS)).facets())
        .containsExactly(
            values(ProductField.BRAND, count("B", 1), count("a", 1), count("b", 1), count("é", 1)));
  }

  @Test
  void theChoiceInAFacetDoesNotChangeItsCounts() {
    indexed(
        product(1, "shirt").brand("a").attribute("color", List.of("red")),
        product(2, "shirt").brand("a").attribute("color", List.of("blue")),
        product(3, "shirt").brand("b").attribute("color", List.of("red")));

    SearchAnswer answer =
        search(
            SearchPlans.words("shirt")
                .choose(SearchPlans.anyValue(ProductField.BRAND, "b"))
                .facets(BRANDS, COLORS));

    assertThat(numbers(answer)).containsExactly(3);
    assertThat(answer.facets())
        .containsExactly(
            values(ProductField.BRAND, count("a", 2), chosen("b", 1)),
            values(SearchModel.COLOR, count("red", 1)));
  }

  @Test
  void choicesInTwoFacetsCountForEachOther() {
    indexed(
        product(1, "shirt").brand("a").attribute("color", List.of("red")),
        product(2, "shirt").brand("a").attribute("color", List.of("blue")),
        product(3, "shirt").brand("b").attribute("color", List.of("red")),
        product(4, "shirt").brand("b").attribute("color", List.of("gold")));

    SearchAnswer answer =
        search(
            SearchPlans.words("shirt")
                .choose(
                    SearchPlans.anyValue(ProductField.BRAND, "a"),
                    SearchPlans.anyValue(SearchModel.COLOR, "red"))
                .facets(COLORS, BRANDS));

    assertThat(numbers(answer)).containsExactly(1);
    assertThat(answer.facets())
        .containsExactly(
            values(SearchModel.COLOR, count("blue", 1), chosen("red", 1)),
            values(ProductField.BRAND, chosen("a", 1), count("b", 1)));
  }

  @Test
  void chosenValuesAreAlwaysListed() {
    List<ProductDocument> products = new ArrayList<>();
    for (int number = 1; number <= 9; number++) {
      products.add(product(number, "shirt").brand("b" + number % 5).build());
    }
    indexed(index(), products);

    SearchAnswer answer =
        search(
            SearchPlans.all()
                .choose(SearchPlans.anyValue(ProductField.BRAND, "b0", "b2", "none", "nothing"))
                .facets(new FacetRequest.Values(ProductField.BRAND, 2)));

    assertThat(answer.facets())
        .containsExactly(
            values(
                ProductField.BRAND,
                count("b1", 2),
                chosen("b2", 2),
                chosen("b0", 1),
                chosen("none", 0),
                chosen("nothing", 0)));
  }

  @Test
  void aFacetListsAsManyValuesAsAskedFor() {
    List<ProductDocument> products = new ArrayList<>();
    for (int number = 1; number <= 200; number++) {
      products.add(product(number, "shirt").brand("b" + number).build());
    }
    indexed(index(), products);

    for (int listed : new int[] {1, 10, 150, 1_000}) {
      FacetResult.Values facet =
          (FacetResult.Values)
              search(SearchPlans.all().facets(new FacetRequest.Values(ProductField.BRAND, listed)))
                  .facets()
                  .get(0);
      assertThat(facet.counts()).hasSize(Math.min(listed, 200));
      assertThat(facet.approximate()).isFalse();
    }
  }

  @Test
  void bandsOfPricesHaveTheirLowerBoundIncluded() {
    indexed(
        product(1, "shirt", "49.99"),
        product(2, "shirt", "50.00"),
        product(3, "shirt", "99.99"),
        product(4, "shirt", "100"),
        product(5, "shirt", "0"));
    BigDecimal fifty = new BigDecimal("50");
    BigDecimal hundred = new BigDecimal("100");
    BigDecimal thousand = new BigDecimal("1000");

    SearchAnswer answer =
        search(
            SearchPlans.all()
                .choose(SearchPlans.price("60", null))
                .facets(new FacetRequest.Prices(List.of(fifty, hundred, thousand))));

    assertThat(numbers(answer)).containsExactly(3, 4);
    assertThat(answer.facets())
        .containsExactly(
            new FacetResult.Prices(
                List.of(
                    new Band(null, fifty, 2),
                    new Band(fifty, hundred, 2),
                    new Band(hundred, thousand, 1),
                    new Band(thousand, null, 0))));
  }

  @Test
  void aValueTwiceInAProductCountsOnce() {
    indexed(product(1, "shirt").attribute("color", List.of("red", "red")));

    assertThat(search(SearchPlans.all().facets(COLORS)).facets())
        .containsExactly(values(SearchModel.COLOR, count("red", 1)));
  }

  @Test
  void attributesWhoseNamesBeginAlikeAreKeptApart() {
    indexed(
        product(1, "shirt").attribute("color", List.of("red")),
        product(2, "shirt").attribute("color.inside", List.of("blue")),
        product(3, "shirt").attribute("colo", List.of("green")));

    assertThat(search(SearchPlans.all().facets(COLORS)).facets())
        .containsExactly(values(SearchModel.COLOR, count("red", 1)));
  }

  @Test
  void whatIsGoneOrChangedIsNotCounted() {
    indexed(product(1, "shirt").brand("a"), product(2, "shirt").brand("a"));
    write(put(product(1, "shirt").brand("b"), 2), gone(2, 2));
    refresh();

    assertThat(search(SearchPlans.all().facets(BRANDS)).facets())
        .containsExactly(values(ProductField.BRAND, count("b", 1)));
  }

  @Test
  void equalBruteForce() {
    assertEqualBruteForce(300);
  }

  @Test
  @Tag("soak")
  @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void equalBruteForceInManyQueries() {
    assertEqualBruteForce(20_000);
  }

  private void assertEqualBruteForce(int queries) {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    SearchModel model = SearchModel.random(seed, 400);
    indexed(index(), model.products().subList(0, 300));
    indexed(index(), model.products().subList(300, 400));

    for (int query = 0; query < queries; query++) {
      SearchPlans plan = randomPlan(random);
      SearchAnswer answer = search(plan.page(400, null));
      String name = "seed " + seed + ", query " + query + ": " + plan.plan();
      assertThat(answer.facets()).as(name).isEqualTo(model.facets(plan.plan()));
      assertThat(answer.hits().stream().map(hit -> hit.product()))
          .as(name)
          .containsExactlyInAnyOrderElementsOf(model.matching(plan.plan()));
      assertThat(answer.total()).as(name).isEqualTo(answer.hits().size());
    }
  }

  private static SearchPlans randomPlan(Random random) {
    SearchPlans plan =
        random.nextInt(3) == 0
            ? SearchPlans.all()
            : SearchPlans.words(SearchModel.word(random) + " " + SearchModel.word(random));
    List<FilterClause> filters = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      filters.add(new FilterClause.InStock(random.nextBoolean()));
    }
    if (random.nextInt(6) == 0) {
      filters.add(new FilterClause.NoneOf(List.of(id(1 + random.nextInt(400)))));
    }
    List<FilterClause> chosen = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      int from = random.nextInt(150);
      chosen.add(
          SearchPlans.price(String.valueOf(from), String.valueOf(from + random.nextInt(100))));
    }
    if (random.nextInt(2) == 0) {
      chosen.add(SearchPlans.anyValue(SearchModel.COLOR, "red", "none"));
    }
    if (random.nextInt(3) == 0) {
      chosen.add(SearchPlans.anyValue(SearchModel.SIZE, "m"));
    }
    if (random.nextInt(3) == 0) {
      String brand = "brand " + random.nextInt(30);
      chosen.add(SearchPlans.anyValue(ProductField.BRAND, brand, "brand 1"));
    }
    return plan.filter(filters.toArray(FilterClause[]::new))
        .choose(chosen.toArray(FilterClause[]::new))
        .facets(
            new FacetRequest.Values(ProductField.BRAND, 1 + random.nextInt(40)),
            new FacetRequest.Values(ProductField.CATEGORY),
            COLORS,
            new FacetRequest.Values(SearchModel.SIZE, 2),
            new FacetRequest.Prices(
                List.of(new BigDecimal("20"), new BigDecimal("99.99"), new BigDecimal("150"))));
  }
}
