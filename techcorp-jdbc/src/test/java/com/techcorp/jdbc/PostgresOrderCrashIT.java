package com.techcorp.jdbc;

import com.techcorp.contracts.OrderCrashContracts;
import com.techcorp.contracts.SteppedStorage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/** The points of every plot on PostgreSQL; the whole check of the invariants after each play. */
@Tag("slow")
class PostgresOrderCrashIT extends OrderCrashContracts {
  /** The check after each play reads the orders of all plays before. */
  private static final int PLAYS_IN_ONE_DATABASE = 100;

  private PostgresUnderTest storage = PostgresUnderTest.fresh();
  private int plays;

  @AfterAll
  void close() {
    storage.close();
  }

  @Override
  protected SteppedStorage open() {
    if (++plays % PLAYS_IN_ONE_DATABASE == 0) {
      storage.close();
      storage = PostgresUnderTest.fresh();
    }
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
