package com.techcorp.search.elasticsearch;

import com.techcorp.search.FacetRequest;
import com.techcorp.search.spi.FilterClause;
import com.techcorp.search.spi.Ranking;
import com.techcorp.search.spi.SearchPlan;
import com.techcorp.search.spi.SearchPlan.PageRequest;
import com.techcorp.search.spi.SortKey;
import com.techcorp.search.spi.TextMatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans for tests, by relevance. */
final class Plans {
  private Plans() {}

  static SearchPlan words(String text) {
    return plan(TextMatch.Words.of(text), Ranking.NONE, List.of(), List.of(), null);
  }

  static SearchPlan plan(
      TextMatch text,
      Ranking ranking,
      List<FilterClause> chosen,
      List<FacetRequest> facets,
      @Nullable String shopper) {
    return new SearchPlan(
        text,
        ranking,
        List.of(),
        chosen,
        facets,
        List.of(SortKey.SCORE, SortKey.POPULARITY, SortKey.ID),
        new PageRequest(20, null, null),
        false,
        shopper);
  }
}
