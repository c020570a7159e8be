package com.techcorp.inventory.spi;

import com.techcorp.inventory.Reservation;
import com.techcorp.inventory.StockLevel;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

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
   * Returns the reservation of an order, line by line.
   *
   * @param orderId whose
   * @return one entry a product, by product id; empty if there is none
   */
  List<Reservation> reservations(UUID orderId);
}
