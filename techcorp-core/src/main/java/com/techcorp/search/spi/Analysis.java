package com.techcorp.search.spi;

import com.techcorp.search.IndexOptions.Language;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * How a text becomes the words that are compared, the same in every engine. A text is split into
 * words by Unicode's rules (UAX 29, the tokenizer {@code standard} of Lucene and Elasticsearch);
 * then each filter changes every word, in order. Texts of products and of queries are treated
 * alike.
 *
 * @param filters in order
 */
public record Analysis(List<Filter> filters) {
  private static final Analysis ENGLISH =
      new Analysis(
          List.of(
              new LowerCase(),
              new Possessive(),
              new FoldAccents(), // the stemmer leaves alone what has other letters than a to z
              new Exceptions(StemmingExceptions.of(Language.ENGLISH)),
              new LightStemmer(Language.ENGLISH)));

  private static final Analysis PORTUGUESE =
      new Analysis(
          List.of(
              new LowerCase(),
              new Exceptions(StemmingExceptions.of(Language.PORTUGUESE)),
              new LightStemmer(Language.PORTUGUESE), // it tells endings by their accents
              new FoldAccents()));

  private static final Analysis WORDS = new Analysis(List.of(new LowerCase(), new FoldAccents()));

  /** Makes an unmodifiable copy. */
  public Analysis {
    filters = List.copyOf(filters);
  }

  /** A change to every word of a text. */
  public sealed interface Filter {}

  /** Makes letters small ({@code lowercase}). */
  public record LowerCase() implements Filter {}

  /**
   * Drops {@code 's} from the end of English words ({@code stemmer} of {@code possessive_english}).
   */
  public record Possessive() implements Filter {}

  /**
   * Replaces words that the stemmer gets wrong; it then leaves them alone ({@code
   * stemmer_override}).
   *
   * @param stems what to replace, by word; lower case
   */
  public record Exceptions(SortedMap<String, String> stems) implements Filter {
    /** Makes an unmodifiable copy. */
    public Exceptions {
      stems = Collections.unmodifiableSortedMap(new TreeMap<>(stems));
    }

    /**
     * Returns the exceptions as an engine's setting has them.
     *
     * @return such as {@code azuis => azul}, by word in order
     */
    public List<String> rules() {
      List<String> rules = new ArrayList<>();
      for (Map.Entry<String, String> stem : stems.entrySet()) {
        rules.add(stem.getKey() + " => " + stem.getValue());
      }
      return List.copyOf(rules);
    }
  }

  /**
   * Takes off plural and other light endings ({@code stemmer} of {@code light_english}, which is
   * KStem, or {@code light_portuguese}).
   *
   * @param language whose endings
   */
  public record LightStemmer(Language language) implements Filter {}

  /** Replaces letters with accents and the like by plain ones ({@code asciifolding}). */
  public record FoldAccents() implements Filter {}

  /**
   * Returns how titles and descriptions are searched.
   *
   * @param language their language
   * @return the analysis with stems
   */
  public static Analysis of(Language language) {
    return language == Language.PORTUGUESE ? PORTUGUESE : ENGLISH;
  }

  /**
   * Returns how words are compared that must stay whole: those of suggestions and corrections.
   *
   * @return the analysis without stems
   */
  public static Analysis words() {
    return WORDS;
  }

  /**
   * Returns what tells this analysis from others: a text that was indexed with one of them is not
   * found with another. An index keeps it, and is rebuilt when it changes.
   *
   * @return the same for equal analyses, in every process
   */
  public String fingerprint() {
    CRC32 sum = new CRC32();
    sum.update(toString().getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(sum.getValue());
  }
}
