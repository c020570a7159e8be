package com.techcorp.jdbc.internal.read;

import com.techcorp.jdbc.internal.batch.StatementBatch;
import com.techcorp.jdbc.internal.batch.Transactions;
import com.techcorp.order.Cart;
import com.techcorp.order.CartReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Carts from {@code carts.carts}, for hosts that start from nothing. */
public final class PostgresCarts implements CartReader {
  private static final String ITEMS =
      "select product_id, quantity from ${carts}.cart_items where cart_id = ? order by line";

  private final Transactions transactions;

  public PostgresCarts(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Optional<Cart> findCart(UUID cartId) {
    return transactions.read(
        handle -> {
          List<UUID> users = new ArrayList<>();
          List<Cart.Item> items = new ArrayList<>();
          StatementBatch both = transactions.statements();
          both.query(
              rows -> {
                while (rows.next()) {
                  users.add(rows.getObject(1, UUID.class));
                }
              },
              "select user_id from ${carts}.carts where id = ?",
              cartId);
          both.query(
              rows -> {
                while (rows.next()) {
                  items.add(new Cart.Item(rows.getObject(1, UUID.class), rows.getLong(2)));
                }
              },
              ITEMS,
              cartId);
          both.executeOn(handle);
          return users.stream().findFirst().map(user -> new Cart(cartId, user, items));
        });
  }
}
