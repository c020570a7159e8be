package com.techcorp.order;

import java.util.List;
import java.util.UUID;

/**
 * The data of an order that a host's own step sees, without a card token.
 *
 * @param orderId its id
 * @param orderNumber its number
 * @param userId whose
 * @param shippingAddressId where to
 * @param amount minor units
 * @param currency ISO 4217
 * @param lines its products
 */
public record OrderView(
    UUID orderId,
    String orderNumber,
    UUID userId,
    UUID shippingAddressId,
    long amount,
    String currency,
    List<OrderLine> lines) {
  /** Makes an unmodifiable copy of the lines. */
  public OrderView {
    lines = List.copyOf(lines);
  }
}
