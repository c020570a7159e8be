package com.techcorp.inventory;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Counters within the process, in place of those in Redis: for engines that share a process, for
 * demos and tests. Keeps the 100,000 products that changed last. Thread-safe.
 */
public final class InProcessStockCounter implements StockCounter {
  private static final int MOST = 100_000;

  private final Map<UUID, StockCount> counts =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, StockCount> eldest) {
          return size() > MOST;
        }
      };

  /** Creates counters that keep nothing yet. */
  public InProcessStockCounter() {}

  @Override
  public synchronized void write(List<StockCount> changed) {
    for (StockCount count : changed) {
      StockCount kept = counts.remove(count.productId());
      counts.put(count.productId(), kept == null ? count : StockCount.newer(kept, count));
    }
  }

  @Override
  public synchronized Map<UUID, StockCount> read(Collection<UUID> products) {
    Map<UUID, StockCount> found = new HashMap<>();
    for (UUID product : products) {
      StockCount count = counts.get(product);
      if (count != null) {
        found.put(product, count);
      }
    }
    return found;
  }

  @Override
  public synchronized void replace(StockCount wrong, StockCount right) {
    counts.replace(wrong.productId(), wrong, right);
  }
}
