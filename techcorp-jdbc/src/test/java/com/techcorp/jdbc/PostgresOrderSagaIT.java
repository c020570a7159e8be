package com.techcorp.jdbc;

import com.techcorp.contracts.OrderContracts;
import com.techcorp.contracts.SteppedStorage;
import org.junit.jupiter.api.Tag;

/** The behaviour of orders, on PostgreSQL; each test ends with the invariants checked. */
@Tag("slow")
class PostgresOrderSagaIT extends OrderContracts {
  @Override
  protected SteppedStorage open() {
    return PostgresUnderTest.emptied();
  }
}
