package com.techcorp.search;

import java.util.Comparator;
import java.util.List;

/**
 * The synonyms and rules of an index, for all of its processes. A host reads and changes them at
 * run time; nothing has to be indexed again. Searches of this process and of others follow within
 * seconds, and cached pages that were made before are not shown as current. Thread-safe; throws
 * {@link com.techcorp.error.UnavailableException} on a fault. Whoever implements it passes {@code
 * SearchRulesContracts}.
 */
public interface SearchRules {
  /** The most synonyms that are kept. */
  int MAX_SYNONYMS = 5_000;

  /** The most rules that are kept. */
  int MAX_RULES = 500;

  /**
   * Returns a number that is another one after each change. It is cheap to ask: each process does
   * so each second.
   *
   * @return 0: nothing was ever kept
   */
  long version();

  /**
   * Reads all synonyms and rules, as of one moment.
   *
   * @return with the version that they are of
   */
  Contents contents();

  /**
   * Keeps a synonym, in place of the one of the same name.
   *
   * @param synonym the synonym
   * @throws com.techcorp.error.InvalidInputException if there are {@link #MAX_SYNONYMS} others
   */
  void put(Synonym synonym);

  /**
   * Removes a synonym.
   *
   * @param name its name
   * @return whether there was one; if not, nothing changes
   */
  boolean removeSynonym(String name);

  /**
   * Keeps a rule, in place of the one of the same name.
   *
   * @param rule the rule
   * @throws com.techcorp.error.InvalidInputException if there are {@link #MAX_RULES} others
   */
  void put(SearchRule rule);

  /**
   * Removes a rule.
   *
   * @param name its name
   * @return whether there was one; if not, nothing changes
   */
  boolean removeRule(String name);

  /**
   * All synonyms and rules at one moment.
   *
   * @param version of them
   * @param synonyms by name
   * @param rules by name, in the order in which they act
   */
  record Contents(long version, List<Synonym> synonyms, List<SearchRule> rules) {
    /** Makes sorted, unmodifiable copies. */
    public Contents {
      synonyms = synonyms.stream().sorted(Comparator.comparing(Synonym::name)).toList();
      rules = rules.stream().sorted(Comparator.comparing(SearchRule::name)).toList();
    }
  }
}
