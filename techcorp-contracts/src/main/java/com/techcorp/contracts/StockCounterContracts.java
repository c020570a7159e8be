package com.techcorp.contracts;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/** What all {@link com.techcorp.inventory.StockCounter}s do, in one process or for many. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class StockCounterContracts extends ContractSuite<StockCounterUnderTest> {
  /** For subclasses. */
  protected StockCounterContracts() {}

  @Nested
  class Versions extends StockCounterVersionsContract {}

  @Nested
  class Repairs extends StockCounterRepairsContract {}
}
