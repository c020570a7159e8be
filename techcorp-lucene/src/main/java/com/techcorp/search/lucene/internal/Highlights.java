package com.techcorp.search.lucene.internal;

import com.techcorp.search.ProductDocument;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.uhighlight.DefaultPassageFormatter;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter.HighlightFlag;
import org.apache.lucene.search.uhighlight.WholeBreakIterator;
import org.jspecify.annotations.Nullable;

/** Marks the matched words in the whole text of a field, which it encodes for HTML. Thread-safe. */
final class Highlights {
  private final UnifiedHighlighter highlighter;

  Highlights(Analyzer analyzer) {
    this.highlighter =
        UnifiedHighlighter.builderWithoutSearcher(analyzer)
            .withFlags(EnumSet.noneOf(HighlightFlag.class)) // queries are words, never phrases
            .withBreakIterator(WholeBreakIterator::new)
            .withMaxNoHighlightPassages(0)
            .withFormatter(new DefaultPassageFormatter("<em>", "</em>", "", true))
            .build();
  }

  /** The fields that match, by name. */
  Map<String, String> of(ProductDocument product, Query text) throws IOException {
    Map<String, String> marked = new HashMap<>();
    add(marked, DocumentMapping.TITLE, product.title(), text);
    add(marked, DocumentMapping.DESCRIPTION, product.description().orElse(null), text);
    return marked;
  }

  private void add(Map<String, String> marked, String field, @Nullable String value, Query text)
      throws IOException {
    Object highlight =
        value == null ? null : highlighter.highlightWithoutSearcher(field, text, value, 1);
    if (highlight != null) {
      marked.put(field, highlight.toString());
    }
  }
}
