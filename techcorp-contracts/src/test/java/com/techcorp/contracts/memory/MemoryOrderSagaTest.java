package com.techcorp.contracts.memory;

import com.techcorp.contracts.OrderContracts;
import com.techcorp.contracts.SteppedStorage;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.SteppedClock;

/** The behaviour of orders, on the storage in memory. */
class MemoryOrderSagaTest extends OrderContracts {
  @Override
  protected SteppedStorage open() {
    SteppedClock clock = SteppedClock.create();
    return SteppedStorage.of(MemoryStorage.create(clock), clock);
  }
}
