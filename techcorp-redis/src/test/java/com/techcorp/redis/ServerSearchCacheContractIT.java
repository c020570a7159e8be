package com.techcorp.redis;

import com.techcorp.contracts.SearchCacheContracts;
import com.techcorp.contracts.SearchCacheUnderTest;

/** Pages on a single server. */
class ServerSearchCacheContractIT extends SearchCacheContracts {
  @Override
  protected SearchCacheUnderTest open() {
    return ContractSubjects.pages(TestRedis.server());
  }
}
