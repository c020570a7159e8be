package com.techcorp.contracts;

import com.techcorp.error.UnavailableException;
import com.techcorp.inventory.InProcessStockCounter;
import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.StockCounter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Counters that a test takes away. */
final class DisturbedCounter implements StockCounter {
  private final StockCounter inner = new InProcessStockCounter();

  volatile boolean away;

  private StockCounter reached() {
    if (away) {
      throw new UnavailableException("the counters are away");
    }
    return inner;
  }

  @Override
  public void write(List<StockCount> counts) {
    reached().write(counts);
  }

  @Override
  public Map<UUID, StockCount> read(Collection<UUID> products) {
    return reached().read(products);
  }

  @Override
  public void replace(StockCount wrong, StockCount right) {
    reached().replace(wrong, right);
  }
}
