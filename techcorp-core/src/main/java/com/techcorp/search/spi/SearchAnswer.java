package com.techcorp.search.spi;

import com.techcorp.search.FacetResult;
import com.techcorp.search.ProductDocument;
import java.util.List;
import java.util.Map;

/**
 * What an engine found.
 *
 * @param hits in order, at most as many as asked for
 * @param total how many products match, exactly
 * @param facets as asked for, in that order
 */
public record SearchAnswer(List<Found> hits, long total, List<FacetResult> facets) {
  /** Makes unmodifiable copies of the lists. */
  public SearchAnswer {
    hits = List.copyOf(hits);
    facets = List.copyOf(facets);
  }

  /**
   * A hit.
   *
   * @param product the document
   * @param sortValues one for each sort key, of its type; they say where the next page begins
   * @param highlights by field, HTML-encoded; empty if none were asked for
   */
  public record Found(
      ProductDocument product, List<Object> sortValues, Map<String, String> highlights) {
    /** Makes unmodifiable copies. */
    public Found {
      sortValues = List.copyOf(sortValues);
      highlights = Map.copyOf(highlights);
    }
  }
}
