package com.techcorp.jdbc;

import com.techcorp.catalog.Product;
import com.techcorp.catalog.ProductCatalog;
import com.techcorp.contracts.HostPortsContract;
import com.techcorp.order.Cart;
import com.techcorp.order.CartReader;
import com.techcorp.order.CustomerDirectory;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The default tables for carts, products and customers keep the contract of the host's ports. */
class PostgresHostPortsIT extends HostPortsContract {
  private static TestDatabase database;
  private static PostgresStorage storage;
  private static Jdbi sql;

  @BeforeAll
  static void open() {
    database = TestDatabase.fresh();
    SchemaNames schemas = SchemaNames.DEFAULT.withHostTables();
    storage = PostgresStorage.builder(database.pool()).schemas(schemas).build();
    sql = Jdbi.create(database.pool());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Override
  protected CartReader carts() {
    return storage.carts();
  }

  @Override
  protected ProductCatalog catalog() {
    return storage.catalog();
  }

  @Override
  protected CustomerDirectory customers() {
    return storage.customers();
  }

  @Override
  protected void given(Cart cart) {
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
  protected void given(Product product) {
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
  protected void given(CustomerDirectory.Customer customer, UUID addressId) {
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
}
