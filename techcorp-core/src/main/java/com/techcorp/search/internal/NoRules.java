package com.techcorp.search.internal;

import com.techcorp.search.SearchRule;
import com.techcorp.search.SearchRules;
import com.techcorp.search.Synonym;
import java.util.List;

/** Neither synonyms nor rules, for good. */
public enum NoRules implements SearchRules {
  /** The only one. */
  INSTANCE;

  private static final String ADVICE =
      "this search was given no rules to change: give SearchSetup.withRules, such as"
          + " storage.searchRules()";

  @Override
  public long version() {
    return 0;
  }

  @Override
  public Contents contents() {
    return new Contents(0, List.of(), List.of());
  }

  @Override
  public void put(Synonym synonym) {
    throw new UnsupportedOperationException(ADVICE);
  }

  @Override
  public boolean removeSynonym(String name) {
    return false;
  }

  @Override
  public void put(SearchRule rule) {
    throw new UnsupportedOperationException(ADVICE);
  }

  @Override
  public boolean removeRule(String name) {
    return false;
  }
}
