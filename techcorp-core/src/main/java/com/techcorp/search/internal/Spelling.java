package com.techcorp.search.internal;

import com.techcorp.search.spi.SearchIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Corrects the words of a text by what the index holds. A word with a digit is a code, and a short
 * word is too close to too many others: both stay as they are.
 */
final class Spelling {
  private static final int SHORTEST = 5;

  private final SearchIndex index;

  Spelling(SearchIndex index) {
    this.index = index;
  }

  /**
   * Returns the corrections of a text's words.
   *
   * @param text a canonical text
   * @return by word; empty if nothing is to be corrected
   */
  Map<String, String> corrections(String text) {
    Set<String> words =
        QueryText.words(text).stream().filter(Spelling::mayBeWrong).collect(Collectors.toSet());
    return words.isEmpty() ? Map.of() : index.corrections(words);
  }

  private static boolean mayBeWrong(String word) {
    return word.codePointCount(0, word.length()) >= SHORTEST
        && word.codePoints().noneMatch(Character::isDigit);
  }

  /** Returns the text with each word that has a correction replaced by it. */
  static String corrected(String text, Map<String, String> corrections) {
    return QueryText.replaceWords(text, word -> corrections.getOrDefault(word, word));
  }

  /** Returns the text, and the corrections of its words behind it. */
  static String widened(String text, Map<String, String> corrections) {
    List<String> more = new ArrayList<>();
    QueryText.words(text).stream()
        .filter(corrections::containsKey)
        .distinct()
        .forEach(word -> more.add(corrections.get(word)));
    return text + " " + String.join(" ", more);
  }
}
