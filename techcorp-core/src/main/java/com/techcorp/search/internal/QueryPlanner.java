package com.techcorp.search.internal;

import com.techcorp.search.FacetRequest;
import com.techcorp.search.ProductField;
import com.techcorp.search.SearchFilters;
import com.techcorp.search.SearchQuery;
import com.techcorp.search.SortOrder;
import com.techcorp.search.spi.FilterClause;
import com.techcorp.search.spi.Ranking;
import com.techcorp.search.spi.SearchPlan;
import com.techcorp.search.spi.SearchPlan.PageRequest;
import com.techcorp.search.spi.SortKey;
import com.techcorp.search.spi.TextMatch;
import java.util.ArrayList;
import java.util.List;

/** Plans a query: the one place that decides what an engine is asked. Pure. */
final class QueryPlanner {
  private QueryPlanner() {}

  /**
   * Plans a query.
   *
   * @param query what is asked, within the limits
   * @param text what to look for: the query's text, or one that stands for it
   * @param curation what rules decide about it
   * @param page which part of the hits
   */
  static SearchPlan plan(SearchQuery query, TextMatch text, Curation curation, PageRequest page) {
    List<FilterClause> filters = new ArrayList<>();
    List<FilterClause> chosen = new ArrayList<>();
    SearchFilters asked = query.filters();
    if (asked.inStock() != null) {
      filters.add(new FilterClause.InStock(asked.inStock()));
    }
    if (asked.price() != null) {
      (countsPrices(query) ? chosen : filters).add(new FilterClause.Price(asked.price()));
    }
    asked
        .values()
        .forEach(
            (field, values) ->
                (counts(query, field) ? chosen : filters)
                    .add(new FilterClause.AnyValue(field, values)));
    if (!curation.hidden().isEmpty()) {
      filters.add(new FilterClause.NoneOf(curation.hidden()));
    }
    return new SearchPlan(
        text,
        ranking(query.sort(), curation),
        filters,
        chosen,
        query.facets(),
        keys(query.sort()),
        page,
        query.highlights(),
        query.shopper().isEmpty() ? null : query.shopper());
  }

  /** Where hits are not sorted by score, no score is changed, and nothing stands first. */
  private static Ranking ranking(SortOrder order, Curation curation) {
    return switch (order) {
      case RELEVANCE -> new Ranking(false, curation.boosts(), curation.pinned());
      case POPULARITY -> new Ranking(true, curation.boosts(), curation.pinned());
      case PRICE_ASCENDING, PRICE_DESCENDING, NEWEST -> Ranking.NONE;
    };
  }

  private static boolean countsPrices(SearchQuery query) {
    return query.facets().stream().anyMatch(FacetRequest.Prices.class::isInstance);
  }

  private static boolean counts(SearchQuery query, ProductField field) {
    return query.facets().stream()
        .anyMatch(f -> f instanceof FacetRequest.Values values && values.field().equals(field));
  }

  private static List<SortKey> keys(SortOrder order) {
    return switch (order) {
      case RELEVANCE, POPULARITY -> List.of(SortKey.SCORE, SortKey.POPULARITY, SortKey.ID);
      case PRICE_ASCENDING -> List.of(SortKey.PRICE, SortKey.ID);
      case PRICE_DESCENDING -> List.of(SortKey.PRICE_DESCENDING, SortKey.ID);
      case NEWEST -> List.of(SortKey.UPDATED_AT, SortKey.ID);
    };
  }
}
