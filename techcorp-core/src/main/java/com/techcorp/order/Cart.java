package com.techcorp.order;

import com.techcorp.inventory.StockLine;
import java.util.List;
import java.util.UUID;

/**
 * A cart of the host's.
 *
 * @param id its id
 * @param userId whose
 * @param items its lines; a product may stand in several
 */
public record Cart(UUID id, UUID userId, List<Item> items) {
  /** Copies the items. */
  public Cart {
    items = List.copyOf(items);
  }

  /**
   * One line. Not checked here: a host's cart may hold anything, and placing tells what is wrong.
   *
   * @param productId the product
   * @param quantity units
   */
  public record Item(UUID productId, long quantity) {
    StockLine toStockLine() {
      return new StockLine(productId, quantity);
    }
  }
}
