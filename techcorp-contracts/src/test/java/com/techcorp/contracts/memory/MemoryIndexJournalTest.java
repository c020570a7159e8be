package com.techcorp.contracts.memory;

import com.techcorp.contracts.IndexJournalContracts;
import com.techcorp.contracts.IndexJournalUnderTest;
import com.techcorp.testkit.MemoryIndexJournal;
import com.techcorp.testkit.SteppedClock;

/** The journal of indexing in memory. */
class MemoryIndexJournalTest extends IndexJournalContracts {
  @Override
  protected IndexJournalUnderTest open() {
    SteppedClock clock = SteppedClock.create();
    return IndexJournalUnderTest.of(new MemoryIndexJournal(clock), clock);
  }
}
