package com.techcorp.redis;

import com.techcorp.contracts.StockCounterContracts;
import com.techcorp.contracts.StockCounterUnderTest;

/** Counters on a Cluster of three masters and three replicas. */
class ClusterStockCounterContractIT extends StockCounterContracts {
  @Override
  protected StockCounterUnderTest open() {
    return ContractSubjects.counters(TestRedis.cluster());
  }
}
