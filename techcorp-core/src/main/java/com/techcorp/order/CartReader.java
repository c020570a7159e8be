package com.techcorp.order;

import java.util.Optional;
import java.util.UUID;

/**
 * Reads the host's carts (host SPI). Thread-safe; throws {@link
 * com.techcorp.error.UnavailableException} on a fault.
 */
public interface CartReader {
  /**
   * Looks up a cart by id.
   *
   * @param cartId its id
   * @return the cart, or empty
   */
  Optional<Cart> findCart(UUID cartId);
}
