package com.techcorp.search.internal;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a query in its canonical form: queries that differ in case, blanks or Unicode form
 * only have the same one, and so the same page.
 */
final class QueryText {
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");
  private static final Pattern ACCENTS = Pattern.compile("\\p{Mn}+");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

  private QueryText() {}

  /** Returns the canonical form of a text. */
  static String canonical(String typed) {
    String composed = Normalizer.normalize(typed, Normalizer.Form.NFKC);
    return BLANKS.matcher(composed.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
  }

  /** Returns the runs of letters and digits of a text, in order. */
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }

  /** Returns the words of a text, with the place of each. */
  static List<Word> wordsInPlace(String text) {
    List<Word> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(new Word(folded(matcher.group()), matcher.start(), matcher.end()));
    }
    return words;
  }

  /**
   * A word of a text.
   *
   * @param folded the word without its accents, as an index has it
   * @param start where it begins in the text
   * @param end behind its last character
   */
  record Word(String folded, int start, int end) {}

  /** Returns a canonical word without its accents; what is nothing but accents stays. */
  private static String folded(String word) {
    String bare = ACCENTS.matcher(Normalizer.normalize(word, Normalizer.Form.NFD)).replaceAll("");
    return bare.isEmpty() ? word : bare;
  }

  /** Returns the text with each of its words replaced by what a function gives for it. */
  static String replaceWords(String text, UnaryOperator<String> replacement) {
    return WORD.matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(replacement.apply(match.group())));
  }

  /** Returns the words of a canonical text as phrases are compared by. */
  static List<String> foldedWords(String text) {
    return wordsInPlace(text).stream().map(Word::folded).toList();
  }
}
