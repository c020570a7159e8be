package com.techcorp.search.lucene.internal;

import com.techcorp.search.PriceRange;
import com.techcorp.search.spi.FilterClause;
import com.techcorp.search.spi.Ranking;
import com.techcorp.search.spi.SearchPlan;
import com.techcorp.search.spi.TextMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.index.Term;
import org.apache.lucene.queries.function.FunctionScoreQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.DoubleValuesSource;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.QueryBuilder;

/** Lucene's form of what a plan matches, and of how it scores. Thread-safe. */
final class QueryTranslation {
  private static final float TITLE_BOOST = 2;

  private final Analyzer analyzer;

  QueryTranslation(Analyzer analyzer) {
    this.analyzer = analyzer;
  }

  /**
   * What matches the plan's text, filters and some of its chosen filters.
   *
   * @param chosen which of them
   */
  Query query(SearchPlan plan, List<FilterClause> chosen) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    query.add(ranked(text(plan.text()), plan.ranking()), Occur.MUST);
    plan.filters().forEach(clause -> addFilter(query, clause));
    chosen.forEach(clause -> addFilter(query, clause));
    query.add(new FieldExistsQuery(DocumentMapping.DELETED_AT), Occur.MUST_NOT);
    return query.build();
  }

  /** What matches the text alone. */
  Query text(TextMatch match) {
    if (match instanceof TextMatch.Words words) {
      List<Query> variants = new ArrayList<>();
      for (TextMatch.Variant variant : words.variants()) {
        variants.add(boosted(variant(variant.text()), variant.boost()));
      }
      return bestOf(variants);
    }
    return new MatchAllDocsQuery();
  }

  private Query variant(String text) {
    QueryBuilder builder = new QueryBuilder(analyzer);
    Query title = builder.createBooleanQuery(DocumentMapping.TITLE, text, Occur.SHOULD);
    Query description = builder.createBooleanQuery(DocumentMapping.DESCRIPTION, text, Occur.SHOULD);
    if (title == null || description == null) {
      return new MatchNoDocsQuery("no words");
    }
    return bestOf(List.of(boosted(title, TITLE_BOOST), description));
  }

  private static Query ranked(Query text, Ranking ranking) {
    Query query = text;
    if (ranking.popularity()) {
      query =
          FunctionScoreQuery.boostByValue(
              query, DoubleValuesSource.fromDoubleField(DocumentMapping.POPULARITY_FACTOR));
    }
    for (Ranking.Boost boost : ranking.boosts()) {
      query = FunctionScoreQuery.boostByQuery(query, filter(boost.products()), boost.factor());
    }
    if (ranking.pinned().isEmpty()) {
      return query;
    }
    List<Query> ways = new ArrayList<>();
    ways.add(query);
    for (int place = 0; place < ranking.pinned().size(); place++) {
      Query product = new TermQuery(DocumentMapping.term(ranking.pinned().get(place)));
      ways.add(boosted(new ConstantScoreQuery(product), Ranking.pinnedScore(place)));
    }
    return bestOf(ways);
  }

  private static Query bestOf(List<Query> queries) {
    return queries.size() == 1 ? queries.get(0) : new DisjunctionMaxQuery(queries, 0);
  }

  private static Query boosted(Query query, float boost) {
    return boost == 1 ? query : new BoostQuery(query, boost);
  }

  private static void addFilter(BooleanQuery.Builder query, FilterClause clause) {
    if (clause instanceof FilterClause.NoneOf none) {
      query.add(anyOf(none.products()), Occur.MUST_NOT);
    } else {
      query.add(filter(clause), Occur.FILTER);
    }
  }

  private static Query filter(FilterClause clause) {
    if (clause instanceof FilterClause.InStock stock) {
      String available = String.valueOf(stock.available());
      return new TermQuery(new Term(DocumentMapping.IN_STOCK, available));
    }
    if (clause instanceof FilterClause.Price price) {
      return price(price.range());
    }
    if (clause instanceof FilterClause.AnyValue any) {
      return anyOf(
          DocumentMapping.field(any.field()),
          any.values().stream().map(value -> DocumentMapping.key(any.field(), value)).toList());
    }
    if (clause instanceof FilterClause.AnyOf any) {
      return anyOf(any.products());
    }
    BooleanQuery.Builder others = new BooleanQuery.Builder();
    others.add(new MatchAllDocsQuery(), Occur.FILTER);
    addFilter(others, clause);
    return others.build();
  }

  private static Query price(PriceRange range) {
    return DoubleField.newRangeQuery(
        DocumentMapping.PRICE,
        range.from() == null ? Double.NEGATIVE_INFINITY : range.from().doubleValue(),
        range.to() == null ? Double.POSITIVE_INFINITY : range.to().doubleValue());
  }

  private static Query anyOf(List<UUID> products) {
    return anyOf(
        DocumentMapping.ID,
        products.stream().map(product -> new BytesRef(product.toString())).toList());
  }

  private static Query anyOf(String field, List<BytesRef> values) {
    return values.size() == 1
        ? new TermQuery(new Term(field, values.get(0)))
        : new TermInSetQuery(field, values);
  }
}
