package com.techcorp.jdbc;

import com.techcorp.Storage;
import com.techcorp.contracts.StockContract;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Stock in PostgreSQL keeps its contract. */
class PostgresStockIT extends StockContract {
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
