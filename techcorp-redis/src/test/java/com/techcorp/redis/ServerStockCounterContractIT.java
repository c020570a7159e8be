package com.techcorp.redis;

import com.techcorp.contracts.StockCounterContracts;
import com.techcorp.contracts.StockCounterUnderTest;

/** Counters on a single server. */
class ServerStockCounterContractIT extends StockCounterContracts {
  @Override
  protected StockCounterUnderTest open() {
    return ContractSubjects.counters(TestRedis.server());
  }
}
