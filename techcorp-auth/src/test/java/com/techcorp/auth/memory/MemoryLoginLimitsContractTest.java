package com.techcorp.auth.memory;

import com.techcorp.contracts.LoginLimitsContracts;
import com.techcorp.contracts.LoginLimitsUnderTest;
import com.techcorp.testkit.SteppedClock;

/** Limits within one process. */
class MemoryLoginLimitsContractTest extends LoginLimitsContracts {
  @Override
  protected LoginLimitsUnderTest open() {
    SteppedClock clock = SteppedClock.create();
    MemoryLoginLimits limits = MemoryLoginLimits.create(1_000, clock);
    return new LoginLimitsUnderTest(limits, limits::keys, clock::advance, () -> {});
  }
}
