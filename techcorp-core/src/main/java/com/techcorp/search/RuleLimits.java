package com.techcorp.search;

import com.techcorp.error.InvalidInputException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** Refuses synonyms and rules that no query should have to carry. Messages never quote a value. */
final class RuleLimits {
  private static final int MAX_NAME = 100;
  private static final int MAX_PHRASE = 100;
  private static final int MAX_WORDS = 8;
  private static final int MAX_VALUE = 500;
  private static final double LEAST_FACTOR = 0.1;
  private static final double MOST_FACTOR = 10;

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private RuleLimits() {}

  static String name(String name) {
    if (name.isBlank() || name.length() > MAX_NAME || !isPlain(name)) {
      throw new InvalidInputException(
          "name", "it must have 1 to " + MAX_NAME + " characters, and no control characters");
    }
    return name;
  }

  /** A phrase consists of words, and at least one of them has something to compare. */
  static String phrase(String field, String phrase) {
    if (phrase.length() > MAX_PHRASE
        || !isPlain(phrase)
        || phrase.codePoints().noneMatch(Character::isLetterOrDigit)) {
      throw new InvalidInputException(
          field,
          "it must have a letter or a digit, at most "
              + MAX_PHRASE
              + " characters, and no control characters");
    }
    if (BLANKS.split(phrase.strip()).length > MAX_WORDS) {
      throw new InvalidInputException(field, "it must have at most " + MAX_WORDS + " words");
    }
    return phrase;
  }

  static List<String> phrases(String field, List<String> phrases, int least, int most) {
    count(field, phrases, least, most);
    for (int i = 0; i < phrases.size(); i++) {
      phrase(field + "[" + i + "]", phrases.get(i));
    }
    return List.copyOf(phrases);
  }

  static String value(String field, String value) {
    if (value.isEmpty() || value.length() > MAX_VALUE || !isPlain(value)) {
      throw new InvalidInputException(
          field, "it must have 1 to " + MAX_VALUE + " characters, and no control characters");
    }
    return value;
  }

  static double factor(double factor) {
    if (!(factor >= LEAST_FACTOR && factor <= MOST_FACTOR)) {
      throw new InvalidInputException(
          "factor", "it must be " + LEAST_FACTOR + " to " + (int) MOST_FACTOR);
    }
    return factor;
  }

  /** A list of different elements. */
  static <T> List<T> distinct(String field, List<T> elements, int least, int most) {
    count(field, elements, least, most);
    if (new HashSet<>(elements).size() < elements.size()) {
      throw new InvalidInputException(field, "each one must be there once");
    }
    return List.copyOf(elements);
  }

  private static void count(String field, Collection<?> elements, int least, int most) {
    if (elements.size() < least || elements.size() > most) {
      throw new InvalidInputException(field, "there must be " + least + " to " + most);
    }
  }

  /** Neither control characters nor halves of characters, which no database keeps. */
  private static boolean isPlain(String text) {
    return text.codePoints()
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
  }
}
