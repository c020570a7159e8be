package com.techcorp.search.lucene.internal;

import com.techcorp.search.FacetResult;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/** Counts hits by facets, exactly. For one search; its parts run one after the other. */
final class FacetCounts implements CollectorManager<FacetCounts.Counter, List<FacetResult>> {
  private final List<? extends FacetCount> facets;

  FacetCounts(List<? extends FacetCount> facets) {
    this.facets = facets;
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
    private final List<? extends FacetCount> facets;

    Counter(List<? extends FacetCount> facets) {
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
