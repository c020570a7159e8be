package com.techcorp.inventory.spi;

import com.techcorp.inventory.StockCount;
import java.util.List;

/**
 * Hears what commits left of products. Called on the thread that committed, which others wait for:
 * it must be quick, must not block and must not throw. Thread-safe.
 */
@FunctionalInterface
public interface StockListener {
  /**
   * Stock has changed, and the change is durable. Calls of different threads may come in another
   * order than the commits.
   *
   * @param counts what is left of each product that a commit changed, also more than once
   */
  void changed(List<StockCount> counts);
}
