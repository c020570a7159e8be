package com.techcorp.contracts;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/** What all {@link com.techcorp.search.spi.IndexJournal}s do. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class IndexJournalContracts extends ContractSuite<IndexJournalUnderTest> {
  /** For subclasses. */
  protected IndexJournalContracts() {}

  @Nested
  class Turns extends IndexTurnsContract {}

  @Nested
  class ConcurrentTurns extends IndexConcurrentTurnsContract {}

  @Nested
  class Rebuilds extends IndexRebuildsContract {}
}
