package com.techcorp.elasticsearch.node;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;

/** The filter {@code asciifolding}; a normalizer may have it too. */
final class AsciiFolding extends AbstractTokenFilterFactory
    implements NormalizingTokenFilterFactory {
  private final boolean preserveOriginal;

  AsciiFolding(String name, Settings settings) {
    super(name);
    preserveOriginal = settings.getAsBoolean("preserve_original", false);
  }

  @Override
  public TokenStream create(TokenStream tokens) {
    return new ASCIIFoldingFilter(tokens, preserveOriginal);
  }

  /** A normalizer yields one token. */
  @Override
  public TokenStream normalize(TokenStream tokens) {
    return new ASCIIFoldingFilter(tokens, false);
  }
}
