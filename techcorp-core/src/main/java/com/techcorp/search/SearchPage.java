package com.techcorp.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of hits.
 *
 * @param hits in order; empty if there are no (more) hits
 * @param total how many products match, on all pages
 * @param facets as asked for, in that order
 * @param match how the page was found
 * @param text the text that found it: as typed, or corrected
 * @param next the cursor of the next page; null if this is the last one
 * @param stale true if the engine is away and the page comes from the cache, from before it changed
 */
public record SearchPage(
    List<Hit> hits,
    long total,
    List<FacetResult> facets,
    Match match,
    String text,
    @Nullable String next,
    boolean stale) {
  /** Makes unmodifiable copies of the lists. */
  public SearchPage {
    hits = List.copyOf(hits);
    facets = List.copyOf(facets);
  }
}
