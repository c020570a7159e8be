package com.techcorp.contracts;

import com.techcorp.search.FacetRequest;
import com.techcorp.search.PriceRange;
import com.techcorp.search.ProductField;
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
import org.jspecify.annotations.Nullable;

/**
 * A plan in the making: unless it is told otherwise, for all products by relevance, on one page of
 * 100. Immutable; each method returns a changed copy.
 */
record SearchPlans(SearchPlan plan) {
  static final List<SortKey> RELEVANCE = List.of(SortKey.SCORE, SortKey.POPULARITY, SortKey.ID);

  static SearchPlans all() {
    return new SearchPlans(
        new SearchPlan(
            new TextMatch.All(),
            Ranking.NONE,
            List.of(),
            List.of(),
            List.of(),
            RELEVANCE,
            new PageRequest(100, null, null),
            false,
            null));
  }

  static SearchPlans words(String text) {
    return all().text(TextMatch.Words.of(text));
  }

  SearchPlans text(TextMatch text) {
    return changed(text, plan.ranking(), plan.filters(), plan.chosen());
  }

  SearchPlans ranking(Ranking ranking) {
    return changed(plan.text(), ranking, plan.filters(), plan.chosen());
  }

  SearchPlans filter(FilterClause... filters) {
    return changed(plan.text(), plan.ranking(), List.of(filters), plan.chosen());
  }

  SearchPlans choose(FilterClause... chosen) {
    return changed(plan.text(), plan.ranking(), plan.filters(), List.of(chosen));
  }

  private SearchPlans changed(
      TextMatch text, Ranking ranking, List<FilterClause> filters, List<FilterClause> chosen) {
    return new SearchPlans(
        new SearchPlan(
            text,
            ranking,
            filters,
            chosen,
            plan.facets(),
            plan.sort(),
            plan.page(),
            plan.highlights(),
            plan.preference()));
  }

  SearchPlans facets(FacetRequest... facets) {
    return changed(List.of(facets), plan.sort(), plan.page(), plan.highlights());
  }

  SearchPlans sort(SortKey... keys) {
    return changed(plan.facets(), List.of(keys), plan.page(), plan.highlights());
  }

  SearchPlans page(int size, @Nullable List<Object> after) {
    PageRequest page = new PageRequest(size, after, plan.page().snapshot());
    return changed(plan.facets(), plan.sort(), page, plan.highlights());
  }

  SearchPlans snapshot(String snapshot) {
    PageRequest page = new PageRequest(plan.page().size(), plan.page().after(), snapshot);
    return changed(plan.facets(), plan.sort(), page, plan.highlights());
  }

  SearchPlans highlights() {
    return changed(plan.facets(), plan.sort(), plan.page(), true);
  }

  private SearchPlans changed(
      List<FacetRequest> facets, List<SortKey> sort, PageRequest page, boolean highlights) {
    return new SearchPlans(
        new SearchPlan(
            plan.text(),
            plan.ranking(),
            plan.filters(),
            plan.chosen(),
            facets,
            sort,
            page,
            highlights,
            plan.preference()));
  }

  static FilterClause anyValue(ProductField field, String... values) {
    return new FilterClause.AnyValue(field, new TreeSet<>(Arrays.asList(values)));
  }

  /** A price between two bounds, each of which may be null. */
  static FilterClause price(@Nullable String from, @Nullable String to) {
    return new FilterClause.Price(
        new PriceRange(
            from == null ? null : new BigDecimal(from), to == null ? null : new BigDecimal(to)));
  }
}
