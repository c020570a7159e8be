package com.techcorp.redis;

import com.techcorp.contracts.LoginLimitsContracts;
import com.techcorp.contracts.LoginLimitsUnderTest;

/** Limits under Sentinel. */
class SentinelLoginLimitsContractIT extends LoginLimitsContracts {
  @Override
  protected LoginLimitsUnderTest open() {
    return ContractSubjects.limits(TestRedis.sentinel());
  }
}
