package com.techcorp.jdbc;

import com.techcorp.contracts.IndexJournalContracts;
import com.techcorp.contracts.IndexJournalUnderTest;
import com.techcorp.search.spi.IndexJournal;
import com.techcorp.testkit.SteppedClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The tables of the journal of indexing. */
class PostgresIndexJournalIT extends IndexJournalContracts {
  private static final SchemaNames NAMES = SchemaNames.DEFAULT.withSearchTables();

  private static TestDatabase database;

  @BeforeAll
  static void opens() {
    database = TestDatabase.fresh();
  }

  @AfterAll
  static void drops() {
    database.close();
  }

  @Override
  protected IndexJournalUnderTest open() {
    SteppedClock clock = SteppedClock.create();
    IndexJournal journal =
        PostgresStorage.builder(database.emptied().pool())
            .schemas(NAMES)
            .clock(clock)
            .build()
            .indexJournal();
    return IndexJournalUnderTest.of(journal, clock);
  }
}
