package com.techcorp.inventory;

import java.util.UUID;

/** The result of a call to the {@link InventoryReserver}. */
public sealed interface ReservationResult {
  /** The request is fulfilled; a repeat of the same call gets the same answer. */
  record Done() implements ReservationResult {}

  /**
   * A product's stock is insufficient; nothing was held.
   *
   * @param productId the first product, in order of id, whose stock is insufficient
   */
  record OutOfStock(UUID productId) implements ReservationResult {
    /** How it is stored. */
    public static final String CODE = "OUT_OF_STOCK";
  }

  /**
   * The reservation is in a state from which this is not possible; nothing was changed.
   *
   * @param message names the state
   */
  record Refused(String message) implements ReservationResult {}
}
