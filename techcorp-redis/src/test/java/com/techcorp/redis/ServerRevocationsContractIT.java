package com.techcorp.redis;

import com.techcorp.contracts.RevocationsContracts;
import com.techcorp.contracts.RevocationsUnderTest;

/** Revocations on a single server. */
class ServerRevocationsContractIT extends RevocationsContracts {
  @Override
  protected RevocationsUnderTest open() {
    return ContractSubjects.revocations(TestRedis.server());
  }
}
