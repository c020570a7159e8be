package com.techcorp.auth.memory;

import com.techcorp.contracts.SessionStoreContracts;
import com.techcorp.contracts.SessionStoreUnderTest;
import com.techcorp.testkit.SteppedClock;

/** Sessions within one process. */
class MemorySessionStoreContractTest extends SessionStoreContracts {
  @Override
  protected SessionStoreUnderTest open() {
    SteppedClock clock = SteppedClock.create();
    return new SessionStoreUnderTest(
        MemorySessionStore.create(1_000, clock), clock::advance, () -> {});
  }
}
