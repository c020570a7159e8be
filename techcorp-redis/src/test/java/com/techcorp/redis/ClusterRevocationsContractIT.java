package com.techcorp.redis;

import com.techcorp.contracts.RevocationsContracts;
import com.techcorp.contracts.RevocationsUnderTest;

/** Revocations on a Cluster of three masters and three replicas. */
class ClusterRevocationsContractIT extends RevocationsContracts {
  @Override
  protected RevocationsUnderTest open() {
    return ContractSubjects.revocations(TestRedis.cluster());
  }
}
