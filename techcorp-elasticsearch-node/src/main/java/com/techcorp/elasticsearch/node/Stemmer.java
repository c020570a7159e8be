package com.techcorp.elasticsearch.node;

import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishMinimalStemFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.pt.PortugueseLightStemFilter;
import org.apache.lucene.analysis.pt.PortugueseMinimalStemFilter;
import org.apache.lucene.analysis.pt.PortugueseStemFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;

/** The filter {@code stemmer}, in English and Portuguese. */
final class Stemmer extends AbstractTokenFilterFactory {
  private final UnaryOperator<TokenStream> filter;

  Stemmer(String name, Settings settings) {
    super(name);
    filter = of(settings.get("language", settings.get("name", "porter")));
  }

  @Override
  public TokenStream create(TokenStream tokens) {
    return filter.apply(tokens);
  }

  private static UnaryOperator<TokenStream> of(String language) {
    return switch (language) {
      case "english", "porter" -> PorterStemFilter::new;
      case "light_english", "kstem" -> KStemFilter::new;
      case "minimal_english" -> EnglishMinimalStemFilter::new;
      case "possessive_english" -> EnglishPossessiveFilter::new;
      case "light_portuguese" -> PortugueseLightStemFilter::new;
      case "minimal_portuguese" -> PortugueseMinimalStemFilter::new;
      case "portuguese_rslp" -> PortugueseStemFilter::new;
      default -> throw new IllegalArgumentException("This node has no stemmer [" + language + "]");
    };
  }
}
