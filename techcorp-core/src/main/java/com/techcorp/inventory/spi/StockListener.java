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
   * Units have become available, or are no longer, and the change is durable. Calls of different
   * threads may come in another order than the commits.
   *
   * @param counts what is left of each product of which a commit changed the available units, also
   *     more than once; other products only as they were told before
   */
  void changed(List<StockCount> counts);
}
