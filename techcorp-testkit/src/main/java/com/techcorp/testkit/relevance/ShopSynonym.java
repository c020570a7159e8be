package com.techcorp.testkit.relevance;

import java.util.List;

/**
 * Words and phrases that the set's shop treats as synonyms. Immutable.
 *
 * @param twoWay whether all phrases mean the same; otherwise a search for the first also finds the
 *     others, not the other way round
 * @param phrases at least two
 */
public record ShopSynonym(boolean twoWay, List<String> phrases) {

  /**
   * Makes an unmodifiable copy.
   *
   * @param twoWay whether all phrases mean the same; otherwise a search for the first also finds
   *     the others, not the other way round
   * @param phrases at least two
   * @throws IllegalArgumentException if there are fewer than two phrases, or one is blank
   */
  public ShopSynonym {
    phrases = List.copyOf(phrases);
    if (phrases.size() < 2 || phrases.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("synonyms need two phrases: " + phrases);
    }
  }

  /** Reads a line such as {@code two-way: tee, t-shirt} or {@code one-way: coat => parka}. */
  static ShopSynonym parse(String line) {
    boolean twoWay = line.startsWith("two-way: ");
    if (!twoWay && !line.startsWith("one-way: ")) {
      throw new IllegalArgumentException("neither two-way nor one-way: " + line);
    }
    String phrases = line.substring("two-way: ".length());
    if (twoWay == phrases.contains(" => ")) {
      throw new IllegalArgumentException("only one-way synonyms have an arrow: " + line);
    }
    return new ShopSynonym(twoWay, List.of(phrases.replaceFirst(" => ", ", ").split(", ")));
  }
}
