package com.techcorp.contracts.memory;

import com.techcorp.contracts.StorageUnderTest;
import com.techcorp.contracts.StuckNodeContracts;
import com.techcorp.testkit.MemoryStorage;

/** Two processes on one storage in memory, one of which is stuck. */
class MemoryStuckNodeTest extends StuckNodeContracts {
  @Override
  protected StorageUnderTest open() {
    return StorageUnderTest.of(MemoryStorage.create());
  }
}
