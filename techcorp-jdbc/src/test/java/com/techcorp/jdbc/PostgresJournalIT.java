package com.techcorp.jdbc;

import com.techcorp.Storage;
import com.techcorp.contracts.JournalContract;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The journal in PostgreSQL keeps its contract. */
class PostgresJournalIT extends JournalContract {
  @RegisterExtension static final SteppedDatabase DATABASE = new SteppedDatabase();

  @Override
  protected Storage storage() {
    return DATABASE.storage();
  }

  @Override
  protected void advance(Duration step) {
    DATABASE.advance(step);
  }
}
