package com.techcorp.jdbc;

import com.techcorp.contracts.StorageUnderTest;
import com.techcorp.contracts.StuckNodeContracts;

/** Two processes on one database, one of which is stuck. */
class PostgresStuckNodeIT extends StuckNodeContracts {
  @Override
  protected StorageUnderTest open() {
    return new RealTimePostgres();
  }
}
