package com.techcorp.jdbc;

import com.techcorp.contracts.OrderCrashContracts;
import com.techcorp.contracts.SteppedStorage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/** The points of every plot on PostgreSQL; the whole check of the invariants after each play. */
@Tag("slow")
class PostgresOrderCrashIT extends OrderCrashContracts {
  private final PostgresUnderTest storage = PostgresUnderTest.fresh();

  @AfterAll
  void close() {
    storage.close();
  }

  @Override
  protected SteppedStorage open() {
    return storage;
  }

  @Override
  protected int oneOf() {
    return 40;
  }

  /** All are played in memory; here they would take hours. */
  @Override
  protected int livingSoakOneOf() {
    return 10;
  }

  /** The ten thousand are played in memory. */
  @Override
  protected int soakPairs() {
    return 200;
  }
}
