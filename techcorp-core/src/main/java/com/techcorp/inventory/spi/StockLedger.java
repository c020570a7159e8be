package com.techcorp.inventory.spi;

import com.techcorp.inventory.Reservation;
import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.StockLevel;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stock as a storage keeps it; written through {@link StockEffect}s, read here. Thread-safe; throws
 * {@link com.techcorp.error.UnavailableException} when the storage cannot be reached.
 */
public interface StockLedger {
  /**
   * Levels as of now.
   *
   * @param products which
   * @return one entry a product that was ever stocked
   */
  Map<UUID, StockLevel> levels(Collection<UUID> products);

  /**
   * Counts as of now. The version of a product that has not changed since a fail-over may be higher
   * than that of its last change: it is higher than all versions that the fail-over lost, and lower
   * than that of the next change.
   *
   * @param products which
   * @return one entry a product that was ever stocked
   */
  Map<UUID, StockCount> counts(Collection<UUID> products);

  /**
   * Returns a page of the counts of all products, as {@link #counts} gives them.
   *
   * @param after the last product of the page before, or null for the first page
   * @param most how many at the most
   * @return in the storage's order of products; fewer than {@code most}: that was the last page
   */
  List<StockCount> countsAfter(@Nullable UUID after, int most);

  /**
   * Returns the reservation of an order, line by line.
   *
   * @param orderId whose
   * @return one entry a product, by product id; empty if there is none
   */
  List<Reservation> reservations(UUID orderId);
}
