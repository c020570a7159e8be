package com.techcorp.examples.data;

import java.util.List;
import java.util.UUID;

/**
 * One cart of {@code carts.json}. The same product may stand in more than one line, as in real
 * carts; whoever prices the cart adds the quantities up.
 *
 * @param cartId the cart, unique in the file
 * @param userId the customer it belongs to
 * @param items its lines, at least one, unmodifiable
 */
public record CartEntry(UUID cartId, UUID userId, List<Item> items) {

  /**
   * Copies the lines.
   *
   * @param cartId the cart, unique in the file
   * @param userId the customer it belongs to
   * @param items its lines, at least one, unmodifiable
   * @throws IllegalArgumentException if there is no line
   */
  public CartEntry {
    items = List.copyOf(items);
    DataJson.require(!items.isEmpty(), "items is empty");
  }

  /**
   * One line of a cart.
   *
   * @param productId a product of the catalogue
   * @param quantity units, at least 1
   */
  public record Item(UUID productId, int quantity) {

    /**
     * Checks the quantity.
     *
     * @param productId a product of the catalogue
     * @param quantity units, at least 1
     * @throws IllegalArgumentException if the quantity is below 1
     */
    public Item {
      DataJson.require(quantity >= 1, "quantity must be at least 1");
    }
  }
}
