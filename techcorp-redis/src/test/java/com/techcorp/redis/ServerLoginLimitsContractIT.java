package com.techcorp.redis;

import com.techcorp.contracts.LoginLimitsContracts;
import com.techcorp.contracts.LoginLimitsUnderTest;

/** Limits on a single server. */
class ServerLoginLimitsContractIT extends LoginLimitsContracts {
  @Override
  protected LoginLimitsUnderTest open() {
    return ContractSubjects.limits(TestRedis.server());
  }
}
