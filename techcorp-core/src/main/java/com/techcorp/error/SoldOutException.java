package com.techcorp.error;

import java.util.UUID;

/**
 * Thrown if an order asks for more of a product than is available. Nothing was written, and the
 * idempotency key stays usable: ask again when there is more, or for no more than is available.
 * Thrown only if the host chose not to have such orders recorded ({@code
 * OrderOptions.withSoldOut}). It has no stack trace: a crowd gets thousands of them a second.
 */
public class SoldOutException extends TechCorpException {
  private static final long serialVersionUID = 1L;

  private final UUID productId;
  private final long available;

  /**
   * Creates the exception for one product.
   *
   * @param productId the product with insufficient stock
   * @param available the most units that were available at the last look, less than a second ago
   */
  public SoldOutException(UUID productId, long available) {
    super(
        "product "
            + productId
            + " falls short: "
            + available
            + " available; ask for less, or later");
    this.productId = productId;
    this.available = available;
  }

  /**
   * Returns the product whose stock is insufficient.
   *
   * @return the product
   */
  public UUID productId() {
    return productId;
  }

  /**
   * Returns how many units there were at the most when it was last looked at.
   *
   * @return units, at least 0
   */
  public long available() {
    return available;
  }
}
