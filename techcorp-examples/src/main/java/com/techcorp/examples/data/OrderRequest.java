package com.techcorp.examples.data;

import java.util.UUID;

/**
 * One order request of {@code orders.json}: the body of {@code POST /orders} and the identity of
 * its caller.
 *
 * @param userId the caller, who owns the cart and the address
 * @param cartId the cart to order
 * @param shippingAddressId an address of the caller
 * @param payment how the caller pays
 */
public record OrderRequest(UUID userId, UUID cartId, UUID shippingAddressId, Payment payment) {

  /**
   * How an order is paid. {@link #toString()} leaves the token out, so that it reaches no log.
   *
   * @param method such as {@code credit_card}, {@code debit_card} or {@code pix}
   * @param cardToken the provider's token, never a card number
   */
  public record Payment(String method, String cardToken) {

    /**
     * Checks that both are given.
     *
     * @param method such as {@code credit_card}, {@code debit_card} or {@code pix}
     * @param cardToken the provider's token, never a card number
     * @throws IllegalArgumentException if one is blank
     */
    public Payment {
      DataJson.require(!method.isBlank(), "payment.method is blank");
      DataJson.require(!cardToken.isBlank(), "payment.card_token is blank");
    }

    @Override
    public String toString() {
      return "Payment[method=" + method + "]";
    }
  }
}
