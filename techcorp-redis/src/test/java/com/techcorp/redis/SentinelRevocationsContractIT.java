package com.techcorp.redis;

import com.techcorp.contracts.RevocationsContracts;
import com.techcorp.contracts.RevocationsUnderTest;

/** Revocations under Sentinel. */
class SentinelRevocationsContractIT extends RevocationsContracts {
  @Override
  protected RevocationsUnderTest open() {
    return ContractSubjects.revocations(TestRedis.sentinel());
  }
}
