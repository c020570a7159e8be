package com.techcorp.contracts;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/** What all {@link com.techcorp.search.spi.SearchCache}s do, in one process or for many. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class SearchCacheContracts extends ContractSuite<SearchCacheUnderTest> {
  /** For subclasses. */
  protected SearchCacheContracts() {}

  @Nested
  class Pages extends SearchCachePagesContract {}

  @Nested
  class Leases extends SearchCacheLeasesContract {}
}
