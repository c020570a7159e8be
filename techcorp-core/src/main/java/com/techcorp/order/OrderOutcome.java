package com.techcorp.order;

import java.util.UUID;

/** How placing an order ended. */
public sealed interface OrderOutcome {
  /**
   * Returns the order's id.
   *
   * @return its id
   */
  UUID orderId();

  /**
   * Paid, and its stock is sold.
   *
   * @param orderId the order
   */
  record Confirmed(UUID orderId) implements OrderOutcome {}

  /**
   * Ended without a sale; nothing is held, and money that was taken goes back.
   *
   * @param orderId the order
   * @param reason why
   */
  record Cancelled(UUID orderId, CancelReason reason) implements OrderOutcome {}
}
