package com.techcorp.bench.workload;

import java.util.List;
import java.util.UUID;

/**
 * An order as a customer would place it, priced already.
 *
 * @param userId whose
 * @param cartId its cart, fresh
 * @param addressId one of the customer's
 * @param lines what is bought, each product once, by ascending product id
 */
public record Draft(UUID userId, UUID cartId, UUID addressId, List<Line> lines) {
  public static final String CURRENCY = "EUR";
  public static final String METHOD = "credit_card";

  /**
   * One product of an order.
   *
   * @param productId the product
   * @param quantity units
   * @param unitPrice minor units
   */
  public record Line(UUID productId, long quantity, long unitPrice) {}

  public long amount() {
    return lines.stream().mapToLong(line -> line.quantity() * line.unitPrice()).sum();
  }
}
