package com.techcorp.contracts;

import com.techcorp.search.spi.IndexJournal;
import com.techcorp.testkit.SteppedClock;

/** A journal of indexing as {@link IndexJournalContracts} needs it. */
public interface IndexJournalUnderTest extends AutoCloseable {
  /**
   * A journal that needs no closing.
   *
   * @param journal that has given no version
   * @param clock its only source of time
   * @return the journal under test
   */
  static IndexJournalUnderTest of(IndexJournal journal, SteppedClock clock) {
    return new IndexJournalUnderTest() {
      @Override
      public IndexJournal journal() {
        return journal;
      }

      @Override
      public SteppedClock clock() {
        return clock;
      }
    };
  }

  /**
   * The journal as one process has it. Each call may give another object, on the same state.
   *
   * @return the journal
   */
  IndexJournal journal();

  /**
   * The clock: the same one throughout a test.
   *
   * @return the clock
   */
  SteppedClock clock();

  /** Frees what {@link ContractSuite#open} acquired for this test. Default: does nothing. */
  @Override
  default void close() {}
}
