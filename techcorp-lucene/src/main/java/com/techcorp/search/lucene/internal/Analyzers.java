package com.techcorp.search.lucene.internal;

import com.techcorp.search.IndexOptions.Language;
import com.techcorp.search.spi.Analysis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.miscellaneous.StemmerOverrideFilter;
import org.apache.lucene.analysis.pt.PortugueseLightStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Lucene's form of each {@link Analysis}. */
final class Analyzers {
  private Analyzers() {}

  /** The analysers of all fields. */
  static Analyzer of(Language language) {
    Analyzer words = analyzer(Analysis.words());
    return new PerFieldAnalyzerWrapper(
        analyzer(Analysis.of(language)),
        Map.of(DocumentMapping.TITLE_WORDS, words, DocumentMapping.ALL_WORDS, words));
  }

  /** The words of a text, as a field has them. */
  static List<String> words(Analyzer analyzer, String field, String text) {
    List<String> words = new ArrayList<>();
    try (TokenStream tokens = analyzer.tokenStream(field, text)) {
      CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        words.add(word.toString());
      }
      tokens.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return words;
  }

  static Analyzer analyzer(Analysis analysis) {
    List<TokenFilterStep> steps = analysis.filters().stream().map(Analyzers::step).toList();
    return new Analyzer() {
      @Override
      protected TokenStreamComponents createComponents(String field) {
        Tokenizer tokenizer = new StandardTokenizer();
        TokenStream tokens = tokenizer;
        for (TokenFilterStep step : steps) {
          tokens = step.around(tokens);
        }
        return new TokenStreamComponents(tokenizer, tokens);
      }
    };
  }

  private interface TokenFilterStep {
    TokenStream around(TokenStream tokens);
  }

  private static TokenFilterStep step(Analysis.Filter filter) {
    if (filter instanceof Analysis.LowerCase) {
      return LowerCaseFilter::new;
    }
    if (filter instanceof Analysis.Possessive) {
      return EnglishPossessiveFilter::new;
    }
    if (filter instanceof Analysis.Exceptions exceptions) {
      StemmerOverrideFilter.StemmerOverrideMap stems = stems(exceptions);
      return tokens -> new StemmerOverrideFilter(tokens, stems);
    }
    if (filter instanceof Analysis.LightStemmer stemmer) {
      return stemmer.language() == Language.PORTUGUESE
          ? PortugueseLightStemFilter::new
          : KStemFilter::new;
    }
    if (filter instanceof Analysis.FoldAccents) {
      return ASCIIFoldingFilter::new;
    }
    throw new IllegalArgumentException("unknown filter " + filter.getClass().getSimpleName());
  }

  private static StemmerOverrideFilter.StemmerOverrideMap stems(Analysis.Exceptions exceptions) {
    StemmerOverrideFilter.Builder builder = new StemmerOverrideFilter.Builder();
    exceptions.stems().forEach(builder::add);
    try {
      return builder.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it writes to memory
    }
  }
}
