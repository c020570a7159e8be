package com.techcorp.contracts.memory;

import com.techcorp.Storage;
import com.techcorp.contracts.OrderCrashContract;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.SteppedClock;

/** Every point of every plot on the storage in memory, each play in an empty one. */
class MemoryOrderCrashTest extends OrderCrashContract {
  private final SteppedClock clock = SteppedClock.create();

  @Override
  protected Storage storage() {
    return MemoryStorage.create(clock);
  }

  @Override
  protected SteppedClock clock() {
    return clock;
  }
}
