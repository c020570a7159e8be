package com.techcorp.redis;

import com.techcorp.contracts.SessionStoreContracts;
import com.techcorp.contracts.SessionStoreUnderTest;

/** Sessions on a Cluster of three masters and three replicas. */
class ClusterSessionStoreContractIT extends SessionStoreContracts {
  @Override
  protected SessionStoreUnderTest open() {
    return ContractSubjects.sessions(TestRedis.cluster());
  }
}
