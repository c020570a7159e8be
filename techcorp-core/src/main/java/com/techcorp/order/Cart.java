package com.techcorp.order;

import com.techcorp.inventory.StockLine;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A cart of the host's.
 *
 * @param id its id
 * @param userId whose
 * @param items its lines; a product may stand in several
 * @param version changes with each purchase, such as a revision number or an ETag of the host's;
 *     null: the lines tell one purchase from another. A host that gives each user one cart for all
 *     time needs it, so that the same goods can be bought twice
 */
public record Cart(UUID id, UUID userId, List<Item> items, @Nullable String version) {
  /** Makes an unmodifiable copy of the items. */
  public Cart {
    items = List.copyOf(items);
  }

  /**
   * A cart without a version.
   *
   * @param id its id
   * @param userId whose
   * @param items its lines
   */
  public Cart(UUID id, UUID userId, List<Item> items) {
    this(id, userId, items, null);
  }

  /**
   * The same cart at a version.
   *
   * @param version the host's own
   * @return a changed copy
   */
  public Cart withVersion(String version) {
    return new Cart(id, userId, items, version);
  }

  /**
   * One product in a cart. Not checked here: a host's cart may hold anything; placing the order
   * reports what is wrong.
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
