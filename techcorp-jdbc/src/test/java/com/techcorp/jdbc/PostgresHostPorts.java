package com.techcorp.jdbc;

import com.techcorp.catalog.Product;
import com.techcorp.catalog.ProductCatalog;
import com.techcorp.contracts.HostPortsUnderTest;
import com.techcorp.order.Cart;
import com.techcorp.order.CartReader;
import com.techcorp.order.CustomerDirectory;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The default tables for carts, products and customers, in a database of their own. */
final class PostgresHostPorts implements HostPortsUnderTest {
  private final TestDatabase database = TestDatabase.fresh();
  private final PostgresStorage storage =
      PostgresStorage.builder(database.pool())
          .schemas(SchemaNames.DEFAULT.withHostTables())
          .build();
  private final Jdbi sql = Jdbi.create(database.pool());

  @Override
  public CartReader carts() {
    return storage.carts();
  }

  @Override
  public ProductCatalog catalog() {
    return storage.catalog();
  }

  @Override
  public CustomerDirectory customers() {
    return storage.customers();
  }

  @Override
  public void given(Cart cart) {
    sql.useHandle(
        h -> {
          h.execute(
              "insert into carts.carts (id, user_id) values (?, ?)", cart.id(), cart.userId());
          for (int line = 0; line < cart.items().size(); line++) {
            Cart.Item item = cart.items().get(line);
            h.execute(
                "insert into carts.cart_items values (?, ?, ?, ?)",
                cart.id(),
                line,
                item.productId(),
                item.quantity());
          }
        });
  }

  @Override
  public void given(Product product) {
    sql.useHandle(
        h ->
            h.execute(
                "insert into catalog.products (id, title, price, currency, version)"
                    + " values (?, ?, ?, ?, ?)",
                product.id(),
                product.title(),
                product.price(),
                product.currency(),
                product.version()));
  }

  @Override
  public void given(CustomerDirectory.Customer customer, UUID addressId) {
    sql.useHandle(
        h -> {
          h.execute(
              "insert into customers.customers values (?, ?, ?, ?)",
              customer.userId(),
              customer.email(),
              customer.fullName(),
              customer.locale());
          h.execute(
              "insert into customers.addresses (id, customer_id) values (?, ?)",
              addressId,
              customer.userId());
        });
  }

  @Override
  public void close() {
    database.close();
  }
}
