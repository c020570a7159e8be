package com.techcorp.error;

import java.util.UUID;

/**
 * The caller used this idempotency key before with another request or another content of the cart;
 * nothing was written. Look at the order that has the key: it may be what the customer wants. Use a
 * new key for a new request, or repeat the first request to get its order.
 */
public final class IdempotencyConflictException extends TechCorpException {
  private static final long serialVersionUID = 1L;

  private final UUID orderId;
  private final String orderNumber;

  /**
   * Names the order that has the key, and reveals nothing else of the first request.
   *
   * @param orderId the order, of the same caller
   * @param orderNumber its number
   */
  public IdempotencyConflictException(UUID orderId, String orderNumber) {
    super(
        "this idempotency key was used for order "
            + orderNumber
            + ", with another request or other goods in the cart: send a new key, or the first"
            + " request again to get that order",
        null);
    this.orderId = orderId;
    this.orderNumber = orderNumber;
  }

  /**
   * Returns the order that has the key.
   *
   * @return its id
   */
  public UUID orderId() {
    return orderId;
  }

  /**
   * Returns the number of the order that has the key.
   *
   * @return such as {@code TC-2024-001234}
   */
  public String orderNumber() {
    return orderNumber;
  }
}
