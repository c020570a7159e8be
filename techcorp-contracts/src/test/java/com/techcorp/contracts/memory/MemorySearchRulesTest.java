package com.techcorp.contracts.memory;

import com.techcorp.contracts.SearchRulesContracts;
import com.techcorp.contracts.SearchRulesUnderTest;
import com.techcorp.testkit.MemorySearchRules;

/** Synonyms and rules in memory. */
class MemorySearchRulesTest extends SearchRulesContracts {
  @Override
  protected SearchRulesUnderTest open() {
    return SearchRulesUnderTest.of(new MemorySearchRules());
  }
}
