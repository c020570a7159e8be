package com.techcorp.contracts;

import com.techcorp.inventory.StockCounter;

/**
 * Counters as {@link StockCounterContracts} need them.
 *
 * @param counter any; the tests use fresh products
 * @param closing closes it and removes what the test left behind
 */
public record StockCounterUnderTest(StockCounter counter, Runnable closing)
    implements AutoCloseable {
  @Override
  public void close() {
    closing.run();
  }
}
