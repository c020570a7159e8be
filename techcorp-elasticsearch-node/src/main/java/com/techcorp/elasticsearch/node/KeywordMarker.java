package com.techcorp.elasticsearch.node;

import java.util.List;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.SetKeywordMarkerFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;

/** The filter {@code keyword_marker} with a list of {@code keywords}: no stemmer touches them. */
final class KeywordMarker extends AbstractTokenFilterFactory {
  private final CharArraySet keywords;

  KeywordMarker(String name, Settings settings) {
    super(name);
    List<String> words = settings.getAsList("keywords", null);
    if (words == null) {
      throw new IllegalArgumentException("keyword_marker of this node requires [keywords]");
    }
    keywords = new CharArraySet(words, settings.getAsBoolean("ignore_case", false));
  }

  @Override
  public TokenStream create(TokenStream tokens) {
    return new SetKeywordMarkerFilter(tokens, keywords);
  }
}
