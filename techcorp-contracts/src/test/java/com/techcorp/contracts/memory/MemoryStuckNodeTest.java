package com.techcorp.contracts.memory;

import com.techcorp.Storage;
import com.techcorp.contracts.StuckNodeContract;
import com.techcorp.testkit.MemoryStorage;

/** Two processes on one storage in memory, one of which is stuck. */
class MemoryStuckNodeTest extends StuckNodeContract {
  private final MemoryStorage storage = MemoryStorage.create();

  @Override
  protected Storage storage() {
    return storage;
  }
}
