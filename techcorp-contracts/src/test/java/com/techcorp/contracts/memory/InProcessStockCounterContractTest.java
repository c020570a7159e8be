package com.techcorp.contracts.memory;

import com.techcorp.contracts.StockCounterContracts;
import com.techcorp.contracts.StockCounterUnderTest;
import com.techcorp.inventory.InProcessStockCounter;

/** Counters within one process. */
class InProcessStockCounterContractTest extends StockCounterContracts {
  @Override
  protected StockCounterUnderTest open() {
    return new StockCounterUnderTest(new InProcessStockCounter(), () -> {});
  }
}
