package com.techcorp.jdbc;

import com.techcorp.contracts.StorageUnderTest;
import com.techcorp.contracts.StuckNodeContracts;
import org.junit.jupiter.api.Tag;

/** Two processes on one database, one of which is stuck. */
@Tag("slow")
class PostgresStuckNodeIT extends StuckNodeContracts {
  @Override
  protected StorageUnderTest open() {
    return new RealTimePostgres();
  }
}
