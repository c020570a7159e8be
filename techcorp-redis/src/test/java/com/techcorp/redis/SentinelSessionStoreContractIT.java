package com.techcorp.redis;

import com.techcorp.contracts.SessionStoreContracts;
import com.techcorp.contracts.SessionStoreUnderTest;

/** Sessions under Sentinel. */
class SentinelSessionStoreContractIT extends SessionStoreContracts {
  @Override
  protected SessionStoreUnderTest open() {
    return ContractSubjects.sessions(TestRedis.sentinel());
  }
}
