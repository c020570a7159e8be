package com.techcorp.search;

import java.util.Map;

/**
 * A product on a page.
 *
 * @param product the product as it is indexed
 * @param highlights by field ({@code title}, {@code description}): its text, HTML-encoded, with the
 *     matched words in {@code <em>}; empty if the query asks for none
 * @param pinned whether a rule put it here
 */
public record Hit(ProductDocument product, Map<String, String> highlights, boolean pinned) {
  /** Makes an unmodifiable copy of the highlights. */
  public Hit {
    highlights = Map.copyOf(highlights);
  }
}
