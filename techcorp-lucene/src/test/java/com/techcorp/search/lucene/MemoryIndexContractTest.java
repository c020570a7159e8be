package com.techcorp.search.lucene;

import com.techcorp.contracts.SearchIndexContracts;
import com.techcorp.contracts.SearchIndexUnderTest;

class MemoryIndexContractTest extends SearchIndexContracts {
  @Override
  protected SearchIndexUnderTest open() {
    LuceneOptions options = TestOptions.PATIENT;
    return new SearchIndexUnderTest(
        () -> LuceneIndex.inMemory(options), options.snapshots(), () -> {});
  }
}
