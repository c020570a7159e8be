package com.techcorp.contracts;

import com.techcorp.search.SearchRules;

/** Synonyms and rules as {@link SearchRulesContracts} needs them. */
public interface SearchRulesUnderTest extends AutoCloseable {
  /**
   * Rules that need no closing.
   *
   * @param rules that hold nothing
   * @return the rules under test
   */
  static SearchRulesUnderTest of(SearchRules rules) {
    return () -> rules;
  }

  /**
   * The rules as one process has them. Each call may give another object, on the same state.
   *
   * @return the rules
   */
  SearchRules rules();

  /** Frees what {@link ContractSuite#open} acquired for this test. Default: does nothing. */
  @Override
  default void close() {}
}
