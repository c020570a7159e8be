package com.techcorp.auth.memory;

import com.techcorp.contracts.RevocationsContracts;
import com.techcorp.contracts.RevocationsUnderTest;
import com.techcorp.testkit.SteppedClock;

/** Revocations within one process. */
class MemoryRevocationsContractTest extends RevocationsContracts {
  @Override
  protected RevocationsUnderTest open() {
    SteppedClock clock = SteppedClock.create();
    return new RevocationsUnderTest(
        MemoryRevocations.create(1_000, clock), clock::advance, () -> {});
  }
}
