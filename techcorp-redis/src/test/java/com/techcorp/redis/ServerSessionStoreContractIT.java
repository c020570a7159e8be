package com.techcorp.redis;

import com.techcorp.contracts.SessionStoreContracts;
import com.techcorp.contracts.SessionStoreUnderTest;

/** Sessions on a single server. */
class ServerSessionStoreContractIT extends SessionStoreContracts {
  @Override
  protected SessionStoreUnderTest open() {
    return ContractSubjects.sessions(TestRedis.server());
  }
}
