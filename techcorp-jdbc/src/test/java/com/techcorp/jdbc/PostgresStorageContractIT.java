package com.techcorp.jdbc;

import com.techcorp.contracts.SteppedStorage;
import com.techcorp.contracts.StorageContracts;

/** Each port of the storage on PostgreSQL. */
class PostgresStorageContractIT extends StorageContracts {
  @Override
  protected SteppedStorage open() {
    return PostgresUnderTest.emptied();
  }
}
