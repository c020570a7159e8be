package com.techcorp.order;

import java.util.Optional;
import java.util.UUID;

/**
 * The host's carts. Thread-safe; throws {@link com.techcorp.error.UnavailableException} on a fault.
 */
public interface CartReader {
  /**
   * One cart.
   *
   * @param cartId its id
   * @return the cart, or empty
   */
  Optional<Cart> findCart(UUID cartId);
}
