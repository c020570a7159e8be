package com.techcorp.inventory;

import java.util.UUID;

/** What became of a call to the {@link InventoryReserver}. */
public sealed interface ReservationResult {
  /** It is as asked; also the answer to a repeat of the same call. */
  record Done() implements ReservationResult {}

  /**
   * A product's stock is insufficient; nothing was held.
   *
   * @param productId the first product, in order of id, that falls short
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
