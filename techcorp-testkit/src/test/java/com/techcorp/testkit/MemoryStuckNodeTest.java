package com.techcorp.testkit;

import com.techcorp.Storage;
import com.techcorp.testkit.contract.StuckNodeContract;

/** Two processes on one storage in memory, one of which is stuck. */
class MemoryStuckNodeTest extends StuckNodeContract {
  private final MemoryStorage storage = MemoryStorage.create();

  @Override
  protected Storage storage() {
    return storage;
  }
}
