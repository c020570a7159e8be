package com.techcorp.order.internal;

import com.techcorp.catalog.Product;
import com.techcorp.error.InvalidOrderException;
import com.techcorp.inventory.StockLine;
import com.techcorp.order.Cart;
import com.techcorp.order.OrderLine;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adds up a cart and prices it; refuses what cannot be an order. */
final class CartPricing {
  private static final int MAX_LINES = 500;
  private static final long MAX_QUANTITY = 1_000_000;

  private CartPricing() {}

  /** Returns how much of each product the cart holds. */
  static List<StockLine> summed(Cart cart) {
    if (cart.items().isEmpty()) {
      throw new InvalidOrderException("cart.items", "the cart is empty");
    }
    if (cart.items().size() > MAX_LINES) {
      throw new InvalidOrderException("cart.items", "at most " + MAX_LINES + " lines are allowed");
    }
    List<StockLine> lines = new ArrayList<>();
    for (int i = 0; i < cart.items().size(); i++) {
      Cart.Item item = cart.items().get(i);
      requireProduct(i, item.productId());
      if (item.quantity() <= 0 || item.quantity() > MAX_QUANTITY) {
        throw new InvalidOrderException(
            "cart.items[" + i + "].quantity",
            "must be 1 to " + MAX_QUANTITY + ", was " + item.quantity());
      }
      lines.add(new StockLine(item.productId(), item.quantity()));
    }
    return StockLine.summed(lines);
  }

  /** Nulls come from outside whatever the types say. */
  private static void requireProduct(int line, @Nullable UUID productId) {
    if (productId == null) {
      throw new InvalidOrderException("cart.items[" + line + "].product_id", "is required");
    }
  }

  /** Returns the one currency of what the cart holds. */
  static String currency(Cart cart, Map<UUID, Product> products) {
    String currency = null;
    for (int i = 0; i < cart.items().size(); i++) {
      Product product = products.get(cart.items().get(i).productId());
      if (product == null) {
        throw new InvalidOrderException(
            "cart.items[" + i + "].product_id",
            "unknown product " + cart.items().get(i).productId());
      }
      if (i > 0 && !Objects.equals(currency, product.currency())) {
        throw new InvalidOrderException(
            "cart.items[" + i + "].currency",
            "a cart has one currency, found " + currency + " and " + product.currency());
      }
      currency = product.currency();
    }
    return known(currency);
  }

  private static String known(@Nullable String currency) {
    if (currency == null) {
      throw new InvalidOrderException("currency", "the catalogue gives the product none");
    }
    try {
      return Currency.getInstance(currency).getCurrencyCode();
    } catch (IllegalArgumentException e) {
      throw new InvalidOrderException("currency", "is not an ISO 4217 code");
    }
  }

  /** Returns the lines with the catalogue's prices. */
  static List<OrderLine> priced(List<StockLine> lines, Map<UUID, Product> products) {
    List<OrderLine> priced = new ArrayList<>();
    for (StockLine line : lines) {
      long price = Objects.requireNonNull(products.get(line.productId())).price();
      if (price < 0) {
        throw new InvalidOrderException("price", "of product " + line.productId() + " is negative");
      }
      priced.add(new OrderLine(line.productId(), line.quantity(), price));
    }
    return priced;
  }

  /** Returns what the order costs, in minor units. */
  static long total(List<OrderLine> lines) {
    try {
      long total = 0;
      for (OrderLine line : lines) {
        total = Math.addExact(total, Math.multiplyExact(line.unitPrice(), line.quantity()));
      }
      return total;
    } catch (ArithmeticException e) {
      throw new InvalidOrderException("amount", "the order's amount is too large");
    }
  }
}
