package com.techcorp.redis;

import com.techcorp.contracts.LoginLimitsContracts;
import com.techcorp.contracts.LoginLimitsUnderTest;

/** Limits on a Cluster of three masters and three replicas. */
class ClusterLoginLimitsContractIT extends LoginLimitsContracts {
  @Override
  protected LoginLimitsUnderTest open() {
    return ContractSubjects.limits(TestRedis.cluster());
  }
}
