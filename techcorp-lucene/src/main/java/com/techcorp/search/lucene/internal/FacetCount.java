package com.techcorp.search.lucene.internal;

import com.techcorp.search.FacetResult;
import java.io.IOException;
import org.apache.lucene.index.LeafReader;

/** The counts of one facet, segment by segment. Not thread-safe. */
interface FacetCount {
  /** Begins with the documents of another segment. */
  void beginSegment(LeafReader segment) throws IOException;

  /** Counts a document of the segment, after those before it. */
  void count(int document) throws IOException;

  /** Adds up what was counted in the segment; does nothing if none was begun. */
  void endSegment() throws IOException;

  FacetResult result();
}
