package com.techcorp.jdbc;

import com.techcorp.contracts.OrderContracts;
import com.techcorp.contracts.SteppedStorage;

/** The behaviour of orders, on PostgreSQL; each test ends with the invariants checked. */
class PostgresOrderSagaIT extends OrderContracts {
  @Override
  protected SteppedStorage open() {
    return PostgresUnderTest.emptied();
  }
}
