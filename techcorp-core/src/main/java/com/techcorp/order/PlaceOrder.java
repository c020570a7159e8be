package com.techcorp.order;

import com.techcorp.payment.CardToken;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request to order what is in a cart. {@link OrderSaga#place} reports nulls as {@link
 * com.techcorp.error.InvalidOrderException} with the field's name, so input from outside needs no
 * prior check.
 *
 * @param userId the caller, as the host authenticated them
 * @param cartId the cart
 * @param shippingAddressId one of the caller's addresses
 * @param payment how to pay
 * @param idempotencyKey the caller's own key, 1 to 255 characters, used once for ever; null: the
 *     cart is the key. It is free again when its order was cancelled, and once its order is
 *     confirmed the cart with other goods (or another {@link Cart#version}) gives a new order
 */
public record PlaceOrder(
    UUID userId,
    UUID cartId,
    UUID shippingAddressId,
    Payment payment,
    @Nullable String idempotencyKey) {
  /**
   * The method of payment and, for a card, its token.
   *
   * @param method lower-case letters, digits and underscores, such as {@code credit_card}
   * @param cardToken the provider's token; null for methods without one
   */
  public record Payment(String method, @Nullable CardToken cardToken) {}

  /**
   * Creates a request whose idempotency key is the cart.
   *
   * @param userId the caller
   * @param cartId the cart
   * @param shippingAddressId one of the caller's addresses
   * @param method such as {@code credit_card}
   * @param cardToken the provider's token
   * @return the request
   */
  public static PlaceOrder of(
      UUID userId, UUID cartId, UUID shippingAddressId, String method, String cardToken) {
    return new PlaceOrder(
        userId, cartId, shippingAddressId, new Payment(method, new CardToken(cardToken)), null);
  }

  /**
   * The same request under the caller's own key.
   *
   * @param key 1 to 255 characters
   * @return a changed copy
   */
  public PlaceOrder withKey(String key) {
    return new PlaceOrder(userId, cartId, shippingAddressId, payment, key);
  }
}
