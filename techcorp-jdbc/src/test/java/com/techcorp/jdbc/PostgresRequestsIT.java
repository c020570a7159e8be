package com.techcorp.jdbc;

import com.techcorp.Storage;
import com.techcorp.contracts.RequestContract;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The first request for an order in PostgreSQL keeps its contract. */
class PostgresRequestsIT extends RequestContract {
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
