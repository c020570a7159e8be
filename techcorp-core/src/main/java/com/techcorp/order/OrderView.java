package com.techcorp.order;

import java.util.List;
import java.util.UUID;

/**
 * What a host's own step sees of an order on its way; no card token among it.
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
