package com.techcorp.search.elasticsearch.internal;

import static com.techcorp.search.elasticsearch.internal.Json.object;

import com.techcorp.search.FacetRequest;
import com.techcorp.search.FacetResult;
import com.techcorp.search.FacetResult.Band;
import com.techcorp.search.FacetResult.Count;
import com.techcorp.search.spi.FilterClause;
import com.techcorp.search.spi.SearchPlan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Facets as aggregations, and back. A facet counts within the chosen filters of the other facets,
 * so each has a filter of its own; the page's hits are filtered by all of them ({@code
 * post_filter}). Chosen values are counted one by one, since they may not be among the frequent.
 */
final class FacetTranslation {
  private static final String COUNTS = "counts";
  private static final String CHOSEN = "chosen";
  private static final Comparator<Count> FREQUENT_FIRST =
      Comparator.comparing(Count::hits, Comparator.reverseOrder()).thenComparing(Count::value);

  private FacetTranslation() {}

  /** The aggregations of a plan, by the number of the facet. */
  static Map<String, Object> aggregations(SearchPlan plan) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (int i = 0; i < plan.facets().size(); i++) {
      FacetRequest facet = plan.facets().get(i);
      all.put(
          String.valueOf(i),
          object(
              "filter",
              QueryTranslation.filter(plan.chosenBeside(facet)),
              "aggs",
              facet instanceof FacetRequest.Values values
                  ? counts(values, chosen(plan, values))
                  : counts((FacetRequest.Prices) facet)));
    }
    return all;
  }

  private static Map<String, Object> counts(FacetRequest.Values facet, Set<String> chosen) {
    String field = facet.field().name();
    Map<String, Object> counts =
        object(COUNTS, object("terms", object("field", field, "size", facet.values())));
    if (!chosen.isEmpty()) {
      List<Map<String, Object>> each =
          chosen.stream().map(value -> object("term", object(field, value))).toList();
      counts.put(CHOSEN, object("filters", object("filters", each)));
    }
    return counts;
  }

  private static Map<String, Object> counts(FacetRequest.Prices facet) {
    List<Map<String, Object>> ranges = new ArrayList<>();
    @Nullable BigDecimal from = null;
    for (BigDecimal bound : facet.bounds()) {
      ranges.add(from == null ? object("to", bound) : object("from", from, "to", bound));
      from = bound;
    }
    ranges.add(object("from", facet.bounds().get(facet.bounds().size() - 1)));
    return object(COUNTS, object("range", object("field", FieldNames.PRICE, "ranges", ranges)));
  }

  private static Set<String> chosen(SearchPlan plan, FacetRequest.Values facet) {
    Set<String> chosen = new TreeSet<>();
    for (FilterClause filter : plan.chosen()) {
      if (filter instanceof FilterClause.AnyValue any && any.field().equals(facet.field())) {
        chosen.addAll(any.values());
      }
    }
    return chosen;
  }

  /** The facets of a plan, from the aggregations of a reply. */
  static List<FacetResult> results(SearchPlan plan, Fields aggregations) {
    List<FacetResult> results = new ArrayList<>();
    for (int i = 0; i < plan.facets().size(); i++) {
      FacetRequest facet = plan.facets().get(i);
      Fields counted = aggregations.object(String.valueOf(i));
      results.add(
          facet instanceof FacetRequest.Values values
              ? values(values, counted, List.copyOf(chosen(plan, values)))
              : bands((FacetRequest.Prices) facet, counted));
    }
    return results;
  }

  private static FacetResult values(
      FacetRequest.Values facet, Fields counted, List<String> chosen) {
    Fields frequent = counted.object(COUNTS);
    List<Count> counts = new ArrayList<>();
    Set<String> listed = new HashSet<>();
    for (Fields bucket : frequent.objects("buckets")) {
      String value = bucket.text("key");
      listed.add(value);
      counts.add(new Count(value, bucket.number("doc_count"), chosen.contains(value)));
    }
    List<Count> beyond = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      if (!listed.contains(chosen.get(i))) {
        Fields bucket = counted.object(CHOSEN).objects("buckets").get(i);
        beyond.add(new Count(chosen.get(i), bucket.number("doc_count"), true));
      }
    }
    beyond.sort(FREQUENT_FIRST);
    counts.addAll(beyond);
    boolean approximate = frequent.number("doc_count_error_upper_bound") > 0;
    return new FacetResult.Values(facet.field(), counts, approximate);
  }

  private static FacetResult bands(FacetRequest.Prices facet, Fields counted) {
    List<BigDecimal> bounds = facet.bounds();
    List<Fields> buckets = counted.object(COUNTS).objects("buckets");
    List<Band> bands = new ArrayList<>();
    for (int i = 0; i <= bounds.size(); i++) {
      BigDecimal from = i == 0 ? null : bounds.get(i - 1);
      BigDecimal below = i == bounds.size() ? null : bounds.get(i);
      bands.add(new Band(from, below, buckets.get(i).number("doc_count")));
    }
    return new FacetResult.Prices(bands);
  }
}
