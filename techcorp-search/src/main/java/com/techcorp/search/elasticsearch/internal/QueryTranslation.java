package com.techcorp.search.elasticsearch.internal;

import static com.techcorp.search.elasticsearch.internal.Json.object;

import com.techcorp.search.PriceRange;
import com.techcorp.search.spi.FilterClause;
import com.techcorp.search.spi.Ranking;
import com.techcorp.search.spi.SearchPlan;
import com.techcorp.search.spi.TextMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Elasticsearch's form of what a plan matches, and of how it scores. */
final class QueryTranslation {
  private static final List<String> TEXT_FIELDS =
      List.of(FieldNames.TITLE + "^2", FieldNames.DESCRIPTION);

  private QueryTranslation() {}

  /**
   * What matches the plan's text, its filters, and more filters.
   *
   * @param more such as those chosen filters that count for all facets
   */
  static Map<String, Object> query(SearchPlan plan, List<FilterClause> more) {
    Map<String, Object> query = object("must", List.of(ranked(text(plan.text()), plan.ranking())));
    List<FilterClause> filters = new ArrayList<>(plan.filters());
    filters.addAll(more);
    if (!filters.isEmpty()) {
      query.put("filter", all(filters));
    }
    return object("bool", query);
  }

  /** What passes every one of some filters; with none, every product does. */
  static Map<String, Object> filter(List<FilterClause> filters) {
    return object("bool", object("filter", all(filters)));
  }

  private static List<Map<String, Object>> all(List<FilterClause> filters) {
    return filters.stream().map(QueryTranslation::filter).toList();
  }

  private static Map<String, Object> text(TextMatch match) {
    if (match instanceof TextMatch.Words words) {
      return bestOf(words.variants().stream().map(QueryTranslation::variant).toList());
    }
    return object("match_all", object());
  }

  private static Map<String, Object> variant(TextMatch.Variant variant) {
    Map<String, Object> match = object("query", variant.text(), "fields", TEXT_FIELDS);
    if (variant.boost() != 1) {
      match.put("boost", variant.boost());
    }
    return object("multi_match", match);
  }

  private static Map<String, Object> bestOf(List<Map<String, Object>> queries) {
    return queries.size() == 1 ? queries.get(0) : object("dis_max", object("queries", queries));
  }

  private static Map<String, Object> ranked(Map<String, Object> text, Ranking ranking) {
    Map<String, Object> query = multiplied(text, ranking);
    if (ranking.pinned().isEmpty()) {
      return query;
    }
    List<Map<String, Object>> ways = new ArrayList<>();
    ways.add(query);
    for (int place = 0; place < ranking.pinned().size(); place++) {
      String product = ranking.pinned().get(place).toString();
      ways.add(
          object(
              "constant_score",
              object(
                  "filter",
                  object("term", object(FieldNames.ID, product)),
                  "boost",
                  Ranking.pinnedScore(place))));
    }
    return bestOf(ways);
  }

  private static Map<String, Object> multiplied(Map<String, Object> text, Ranking ranking) {
    List<Map<String, Object>> factors = new ArrayList<>();
    if (ranking.popularity()) {
      factors.add(
          object(
              "field_value_factor",
              object("field", FieldNames.POPULARITY, "modifier", "ln2p", "missing", 0)));
    }
    for (Ranking.Boost boost : ranking.boosts()) {
      factors.add(object("filter", filter(boost.products()), "weight", boost.factor()));
    }
    if (factors.isEmpty()) {
      return text;
    }
    return object(
        "function_score",
        object(
            "query",
            text,
            "functions",
            factors,
            "score_mode",
            "multiply",
            "boost_mode",
            "multiply"));
  }

  private static Map<String, Object> filter(FilterClause clause) {
    if (clause instanceof FilterClause.InStock stock) {
      return object("term", object(FieldNames.IN_STOCK, stock.available()));
    }
    if (clause instanceof FilterClause.Price price) {
      return object("range", object(FieldNames.PRICE, bounds(price.range())));
    }
    if (clause instanceof FilterClause.AnyValue any) {
      return anyOf(any.field().name(), List.copyOf(any.values()));
    }
    if (clause instanceof FilterClause.AnyOf any) {
      return anyOf(FieldNames.ID, texts(any.products()));
    }
    List<UUID> hidden = ((FilterClause.NoneOf) clause).products();
    return object("bool", object("must_not", anyOf(FieldNames.ID, texts(hidden))));
  }

  private static Map<String, Object> bounds(PriceRange range) {
    Map<String, Object> bounds = object();
    if (range.from() != null) {
      bounds.put("gte", range.from());
    }
    if (range.to() != null) {
      bounds.put("lte", range.to());
    }
    return bounds;
  }

  private static Map<String, Object> anyOf(String field, List<String> values) {
    return values.size() == 1
        ? object("term", object(field, values.get(0)))
        : object("terms", object(field, values));
  }

  private static List<String> texts(List<UUID> products) {
    return products.stream().map(UUID::toString).toList();
  }
}
