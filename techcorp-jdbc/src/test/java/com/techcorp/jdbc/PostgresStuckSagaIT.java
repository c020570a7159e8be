package com.techcorp.jdbc;

import com.techcorp.Storage;
import com.techcorp.contracts.StuckSagaContract;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is stuck in PostgreSQL keeps its contract. */
class PostgresStuckSagaIT extends StuckSagaContract {
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
