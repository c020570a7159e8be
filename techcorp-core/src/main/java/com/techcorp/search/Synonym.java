package com.techcorp.search;

import java.util.List;

/**
 * Phrases that find the same products. A phrase is one word or several that stand next to each
 * other. Case, accents and punctuation do not count, since the index does not keep them apart
 * either. Immutable.
 *
 * <p>The typed phrase counts for more than what stands for it. What a synonym adds is not looked up
 * among the synonyms again.
 */
public sealed interface Synonym {
  /** The most phrases of one synonym. */
  int MAX_PHRASES = 20;

  /**
   * Returns what it is known by: a synonym replaces the one of the same name.
   *
   * @return 1 to 100 characters
   */
  String name();

  /**
   * Phrases of which each finds what any other finds.
   *
   * @param name what it is known by, 1 to 100 characters
   * @param phrases 2 to {@link #MAX_PHRASES}, each of 1 to 8 words and at most 100 characters
   */
  record TwoWay(String name, List<String> phrases) implements Synonym {
    /**
     * Makes an unmodifiable copy.
     *
     * @throws com.techcorp.error.InvalidInputException names the field and its limit
     */
    public TwoWay {
      RuleLimits.name(name);
      phrases = RuleLimits.phrases("phrases", phrases, 2, MAX_PHRASES);
    }
  }

  /**
   * A phrase that also finds what others find, but not the other way round: who types "shoes" also
   * wants sneakers, and who types "sneakers" does not want all shoes.
   *
   * @param name what it is known by, 1 to 100 characters
   * @param from what is typed; 1 to 8 words, at most 100 characters
   * @param to what is found, too: 1 to {@link #MAX_PHRASES} such phrases
   */
  record OneWay(String name, String from, List<String> to) implements Synonym {
    /**
     * Makes an unmodifiable copy.
     *
     * @throws com.techcorp.error.InvalidInputException names the field and its limit
     */
    public OneWay {
      RuleLimits.name(name);
      RuleLimits.phrase("from", from);
      to = RuleLimits.phrases("to", to, 1, MAX_PHRASES);
    }
  }

  /**
   * Makes phrases find the same products.
   *
   * @param name what the synonym is known by
   * @param phrases 2 to {@link #MAX_PHRASES}
   * @return the synonym
   * @throws com.techcorp.error.InvalidInputException names the field and its limit
   */
  static Synonym twoWay(String name, String... phrases) {
    return new TwoWay(name, List.of(phrases));
  }

  /**
   * Makes a phrase find what others find, too.
   *
   * @param name what the synonym is known by
   * @param from what is typed
   * @param to 1 to {@link #MAX_PHRASES}
   * @return the synonym
   * @throws com.techcorp.error.InvalidInputException names the field and its limit
   */
  static Synonym oneWay(String name, String from, String... to) {
    return new OneWay(name, from, List.of(to));
  }
}
