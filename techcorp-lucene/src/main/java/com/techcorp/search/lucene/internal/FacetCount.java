package com.techcorp.search.lucene.internal;

import com.techcorp.search.FacetRequest;
import com.techcorp.search.FacetResult;
import com.techcorp.search.spi.FilterClause;
import com.techcorp.search.spi.SearchPlan;
import java.io.IOException;
import java.util.Set;
import org.apache.lucene.index.LeafReader;

/** The counts of one facet, segment by segment. Not thread-safe. */
interface FacetCount {
  /** Returns the counter of a facet. */
  static FacetCount of(FacetRequest facet, SearchPlan plan) {
    if (facet instanceof FacetRequest.Values values) {
      return new ValueCount(values, chosen(values, plan));
    }
    return new PriceCount((FacetRequest.Prices) facet);
  }

  private static Set<String> chosen(FacetRequest.Values facet, SearchPlan plan) {
    for (FilterClause clause : plan.chosen()) {
      if (clause instanceof FilterClause.AnyValue any && any.field().equals(facet.field())) {
        return any.values();
      }
    }
    return Set.of();
  }

  /** Begins with the documents of another segment. */
  void beginSegment(LeafReader segment) throws IOException;

  /** Counts a document of the segment, after those before it. */
  void count(int document) throws IOException;

  /** Adds up what was counted in the segment; does nothing if none was begun. */
  void endSegment() throws IOException;

  FacetResult result();
}
