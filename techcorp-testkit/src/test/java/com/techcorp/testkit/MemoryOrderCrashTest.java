package com.techcorp.testkit;

import com.techcorp.Storage;
import com.techcorp.testkit.contract.OrderCrashContract;

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
