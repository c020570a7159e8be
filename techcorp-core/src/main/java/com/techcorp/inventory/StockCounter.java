package com.techcorp.inventory;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Keeps how many units of each product are available where all processes can read it quickly (SPI).
 * A copy and never the authority: writes may be lost, and the storage alone decides who gets a
 * unit. An adapter passes the tests of {@code StockCounterContracts}.
 *
 * <p>Each call ends soon, and throws {@link com.techcorp.error.UnavailableException} if some or all
 * of it may not have been done. Thread-safe.
 */
public interface StockCounter {
  /**
   * Keeps each count, unless the same or a newer version of the product is kept already. So it does
   * no harm if a write is repeated, or overtaken by a later one.
   *
   * @param counts what was left of products
   */
  void write(List<StockCount> counts);

  /**
   * Returns what is kept of products, in one combined read.
   *
   * @param products which
   * @return one entry a product of which something readable is kept
   */
  Map<UUID, StockCount> read(Collection<UUID> products);

  /**
   * Puts a count right that no storage has told: replaces what is kept of a product if it is still
   * exactly this, whatever the versions are. For repairs.
   *
   * @param wrong what was read
   * @param right what the storage says
   */
  void replace(StockCount wrong, StockCount right);
}
