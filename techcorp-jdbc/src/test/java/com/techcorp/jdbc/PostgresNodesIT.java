package com.techcorp.jdbc;

import com.techcorp.Storage;
import com.techcorp.contracts.NodeRegistryContract;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The registry of nodes in PostgreSQL keeps its contract. */
class PostgresNodesIT extends NodeRegistryContract {
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
