package com.techcorp.contracts.memory;

import com.techcorp.contracts.SteppedStorage;
import com.techcorp.contracts.StorageContracts;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.SteppedClock;

/** Each port of the storage in memory. */
class MemoryStorageContractTest extends StorageContracts {
  @Override
  protected SteppedStorage open() {
    SteppedClock clock = SteppedClock.create();
    return SteppedStorage.of(MemoryStorage.create(clock), clock);
  }
}
