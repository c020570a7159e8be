package com.techcorp.search.elasticsearch.internal;

import static com.techcorp.search.elasticsearch.internal.Json.object;

import com.techcorp.search.spi.SearchPlan;
import com.techcorp.search.spi.SortKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The body of a search, which has nothing but what its plan asks for. */
final class SearchBody {
  private SearchBody() {}

  /**
   * The body of a plan that reads the index as it is.
   *
   * @param limit after what time the engine gives up
   */
  static Map<String, Object> of(SearchPlan plan, Duration limit) {
    boolean faceted = !plan.facets().isEmpty();
    Map<String, Object> body =
        object("query", QueryTranslation.query(plan, faceted ? List.of() : plan.chosen()));
    if (faceted && !plan.chosen().isEmpty()) {
      body.put("post_filter", QueryTranslation.filter(plan.chosen()));
    }
    body.put("sort", plan.sort().stream().map(SearchBody::sort).toList());
    body.put("size", plan.page().size());
    body.put("track_total_hits", true);
    body.put("timeout", limit.toMillis() + "ms");
    if (plan.page().after() != null) {
      body.put("search_after", plan.page().after());
    }
    if (faceted) {
      body.put("aggs", FacetTranslation.aggregations(plan));
    }
    if (plan.highlights()) {
      body.put("highlight", highlight());
    }
    return body;
  }

  private static Map<String, Object> sort(SortKey key) {
    return object(key.field(), key.descending() ? "desc" : "asc");
  }

  /** The whole text of each field that matches. */
  private static Map<String, Object> highlight() {
    return object(
        "encoder",
        "html",
        "number_of_fragments",
        0,
        "fields",
        object(FieldNames.TITLE, object(), FieldNames.DESCRIPTION, object()));
  }
}
