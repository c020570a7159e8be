package com.techcorp.jdbc;

import com.techcorp.Storage;
import com.techcorp.contracts.ConsumerBacklogContract;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The consumers' backlogs in PostgreSQL keep their contract. */
class PostgresConsumerBacklogIT extends ConsumerBacklogContract {
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
