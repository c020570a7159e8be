package com.techcorp.redis;

import com.techcorp.contracts.SearchCacheContracts;
import com.techcorp.contracts.SearchCacheUnderTest;

/** Pages on a Cluster of three masters and three replicas. */
class ClusterSearchCacheContractIT extends SearchCacheContracts {
  @Override
  protected SearchCacheUnderTest open() {
    return ContractSubjects.pages(TestRedis.cluster());
  }
}
