package com.techcorp.contracts.memory;

import com.techcorp.contracts.OrderCrashContracts;
import com.techcorp.contracts.SteppedStorage;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.SteppedClock;

/** Every point of every plot on the storage in memory, each play in an empty one. */
class MemoryOrderCrashTest extends OrderCrashContracts {
  private final SteppedClock clock = SteppedClock.create();

  @Override
  protected SteppedStorage open() {
    return SteppedStorage.of(MemoryStorage.create(clock), clock);
  }
}
