package com.techcorp.examples.demo;

import com.techcorp.examples.data.CartEntry;
import com.techcorp.examples.data.DataFiles;
import com.techcorp.examples.data.OrderRequest;
import com.techcorp.order.PlaceOrder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Finds what to order: carts that nobody ordered yet, then copies of carts. */
final class OrderRequests {
  private OrderRequests() {}

  /**
   * So many requests, in the file's order. A cart is the key of its order, so a cart that was
   * ordered before would give that order again: its copy under a fresh id is ordered instead.
   */
  static List<PlaceOrder> of(DataSource dataSource, DataFiles files, int count) {
    List<OrderRequest> all = files.orders();
    if (all.isEmpty() && count > 0) {
      throw new IllegalArgumentException("orders.json is empty: there is nothing to order");
    }
    try (Connection connection = dataSource.getConnection()) {
      Set<UUID> ordered = ordered(connection);
      List<PlaceOrder> requests = new ArrayList<>();
      all.stream()
          .filter(request -> !ordered.contains(request.cartId()))
          .limit(count)
          .forEach(request -> requests.add(placing(request)));
      if (requests.size() < count) {
        copies(connection, all, files.carts(), count - requests.size(), requests);
      }
      return requests;
    } catch (SQLException e) {
      throw DemoData.unavailable(e);
    }
  }

  static PlaceOrder placing(OrderRequest request) {
    return placing(request, request.cartId());
  }

  private static PlaceOrder placing(OrderRequest request, UUID cartId) {
    return PlaceOrder.of(
        request.userId(),
        cartId,
        request.shippingAddressId(),
        request.payment().method(),
        request.payment().cardToken());
  }

  private static void copies(
      Connection connection,
      List<OrderRequest> all,
      List<CartEntry> carts,
      int count,
      List<PlaceOrder> requests)
      throws SQLException {
    Map<UUID, CartEntry> byId = new HashMap<>();
    carts.forEach(cart -> byId.put(cart.cartId(), cart));
    List<CartEntry> copies = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      OrderRequest request = all.get(i % all.size());
      CartEntry cart = byId.get(request.cartId());
      if (cart == null) {
        throw new IllegalArgumentException(
            "orders.json orders cart " + request.cartId() + ", which carts.json does not have");
      }
      CartEntry copy = new CartEntry(UUID.randomUUID(), cart.userId(), cart.items());
      copies.add(copy);
      requests.add(placing(request, copy.cartId()));
    }
    connection.setAutoCommit(false);
    DemoData.carts(connection, copies);
    connection.commit();
    connection.setAutoCommit(true);
  }

  private static Set<UUID> ordered(Connection connection) throws SQLException {
    Set<UUID> carts = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select cart_id from orders.orders")) {
      while (rows.next()) {
        carts.add(rows.getObject(1, UUID.class));
      }
    }
    return carts;
  }
}
