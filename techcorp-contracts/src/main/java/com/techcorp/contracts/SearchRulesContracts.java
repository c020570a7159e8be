package com.techcorp.contracts;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/** What all {@link com.techcorp.search.SearchRules} do. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class SearchRulesContracts extends ContractSuite<SearchRulesUnderTest> {
  /** For subclasses. */
  protected SearchRulesContracts() {}

  @Nested
  class Changes extends SearchRuleChangesContract {}
}
