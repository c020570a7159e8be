package com.techcorp.jdbc;

import com.techcorp.Storage;
import com.techcorp.contracts.DeliveryLogContract;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The delivery log in PostgreSQL keeps its contract. */
class PostgresDeliveryLogIT extends DeliveryLogContract {
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
