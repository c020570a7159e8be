package com.techcorp.testkit;

import com.techcorp.order.Cart;
import com.techcorp.order.CartReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps carts in memory. Thread-safe. */
public final class MemoryCarts implements CartReader {
  private final Map<UUID, Cart> carts = new ConcurrentHashMap<>();

  /** Creates a reader without carts. */
  public MemoryCarts() {}

  /**
   * Keeps a cart, in the place of an earlier one of the same id.
   *
   * @param cart the cart
   * @return these carts
   */
  public MemoryCarts put(Cart cart) {
    carts.put(cart.id(), cart);
    return this;
  }

  /**
   * Keeps a cart of one product.
   *
   * @param cartId its id
   * @param userId whose
   * @param productId the product
   * @param quantity units
   * @return these carts
   */
  public MemoryCarts put(UUID cartId, UUID userId, UUID productId, long quantity) {
    return put(new Cart(cartId, userId, List.of(new Cart.Item(productId, quantity))));
  }

  /**
   * Forgets a cart, as hosts do once it is ordered.
   *
   * @param cartId its id
   * @return these carts
   */
  public MemoryCarts remove(UUID cartId) {
    carts.remove(cartId);
    return this;
  }

  @Override
  public Optional<Cart> findCart(UUID cartId) {
    return Optional.ofNullable(carts.get(cartId));
  }
}
