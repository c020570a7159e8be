package com.techcorp.elasticsearch.node;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.StemmerOverrideFilter;
import org.apache.lucene.analysis.miscellaneous.StemmerOverrideFilter.StemmerOverrideMap;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;

/** The filter {@code stemmer_override} with a list of {@code rules}, such as {@code a, b => c}. */
final class StemmerOverride extends AbstractTokenFilterFactory {
  private final StemmerOverrideMap stems;

  StemmerOverride(String name, Settings settings) throws IOException {
    super(name);
    List<String> rules = settings.getAsList("rules", null);
    if (rules == null) {
      throw new IllegalArgumentException("stemmer_override of this node requires [rules]");
    }
    StemmerOverrideFilter.Builder builder = new StemmerOverrideFilter.Builder(false);
    rules.forEach(rule -> add(rule, builder));
    stems = builder.build();
  }

  @Override
  public TokenStream create(TokenStream tokens) {
    return new StemmerOverrideFilter(tokens, stems);
  }

  private static void add(String rule, StemmerOverrideFilter.Builder builder) {
    String[] sides = rule.split("=>", -1);
    if (sides.length != 2 || sides[1].isBlank() || sides[1].contains(",")) {
      throw invalid(rule);
    }
    for (String word : sides[0].split(",", -1)) {
      if (word.isBlank()) {
        throw invalid(rule);
      }
      builder.add(word.trim(), sides[1].trim());
    }
  }

  private static IllegalArgumentException invalid(String rule) {
    return new IllegalArgumentException("Invalid rule of stemmer_override: " + rule);
  }
}
