package com.techcorp.redis;

import com.techcorp.contracts.StockCounterContracts;
import com.techcorp.contracts.StockCounterUnderTest;

/** Counters under Sentinel. */
class SentinelStockCounterContractIT extends StockCounterContracts {
  @Override
  protected StockCounterUnderTest open() {
    return ContractSubjects.counters(TestRedis.sentinel());
  }
}
