package com.techcorp.search.lucene.internal;

import com.techcorp.search.FacetRequest;
import com.techcorp.search.FacetResult;
import com.techcorp.search.ProductField;
import com.techcorp.search.spi.FilterClause;
import com.techcorp.search.spi.SearchPlan;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/** Counts hits by facets, exactly. For one search; its parts run one after the other. */
final class FacetCounts implements CollectorManager<FacetCounts.Counter, List<FacetResult>> {
  private final List<FacetCount> facets;

  FacetCounts(SearchPlan plan, List<FacetRequest> facets) {
    this.facets = facets.stream().map(facet -> count(plan, facet)).toList();
  }

  private static FacetCount count(SearchPlan plan, FacetRequest facet) {
    if (facet instanceof FacetRequest.Values values) {
      return new ValueCount(values, chosen(plan, values.field()));
    }
    return new PriceCount((FacetRequest.Prices) facet);
  }

  private static Set<String> chosen(SearchPlan plan, ProductField field) {
    for (FilterClause clause : plan.chosen()) {
      if (clause instanceof FilterClause.AnyValue any && any.field().equals(field)) {
        return any.values();
      }
    }
    return Set.of();
  }

  @Override
  public Counter newCollector() {
    return new Counter(facets);
  }

  @Override
  public List<FacetResult> reduce(Collection<Counter> counters) throws IOException {
    for (FacetCount facet : facets) {
      facet.endSegment();
    }
    return facets.stream().map(FacetCount::result).toList();
  }

  /** Hands each hit to each facet. */
  static final class Counter extends SimpleCollector {
    private final List<FacetCount> facets;

    Counter(List<FacetCount> facets) {
      this.facets = facets;
    }

    @Override
    protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
      for (FacetCount facet : facets) {
        facet.endSegment();
        facet.beginSegment(leaf.reader());
      }
    }

    @Override
    public void collect(int document) throws IOException {
      for (FacetCount facet : facets) {
        facet.count(document);
      }
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }
  }
}
