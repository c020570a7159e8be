package com.techcorp.examples.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.techcorp.TechCorp;
import com.techcorp.error.UnavailableException;
import com.techcorp.examples.data.CartEntry;
import com.techcorp.examples.data.CatalogueEntry;
import com.techcorp.examples.data.CustomerEntry;
import com.techcorp.examples.data.DataFiles;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.testkit.SimulatedGateway;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Brings the data files into the default tables. What is there already stays as it is, so that a
 * second run adds nothing twice.
 */
final class DemoData {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String PRODUCT =
      """
      insert into catalog.products (id, title, price, currency, document, updated_at)
      select id::uuid, title, price::bigint, currency, document::jsonb, at::timestamptz
      from unnest(?, ?, ?, ?, ?, ?) as t (id, title, price, currency, document, at)
      """;
  private static final String CUSTOMER =
      """
      insert into customers.customers (id, email, full_name, locale)
      select id::uuid, email, full_name, locale from unnest(?, ?, ?, ?) as t (id, email, full_name, locale)
      """;
  private static final String ADDRESS =
      """
      insert into customers.addresses (id, customer_id, document)
      select id::uuid, customer::uuid, document::jsonb from unnest(?, ?, ?) as t (id, customer, document)
      """;
  private static final String CART =
      """
      insert into carts.carts (id, user_id)
      select id::uuid, owner::uuid from unnest(?, ?) as t (id, owner)
      """;
  private static final String ITEM =
      """
      insert into carts.cart_items (cart_id, line, product_id, quantity)
      select cart::uuid, line::integer, product::uuid, quantity::bigint
      from unnest(?, ?, ?, ?) as t (cart, line, product, quantity)
      """;

  private DemoData() {}

  /** How much a database holds after loading. */
  record Loaded(long products, long customers, long carts) {}

  /** Products, customers with their addresses, and carts: all in one transaction. */
  static Loaded load(DataSource dataSource, DataFiles files) {
    List<CatalogueEntry> products = files.catalogue();
    List<CustomerEntry> customers = files.customers();
    List<CartEntry> carts = files.carts();
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      products(connection, products);
      customers(connection, customers);
      carts(connection, carts);
      connection.commit();
      connection.setAutoCommit(true);
      // Young tables have no statistics, and autovacuum comes later than the first orders.
      execute(connection, "analyze");
      return new Loaded(products.size(), customers.size(), carts.size());
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private static void products(Connection connection, List<CatalogueEntry> products)
      throws SQLException {
    Set<UUID> there = ids(connection, "select id from catalog.products");
    Rows rows = new Rows(connection, PRODUCT, 6);
    for (CatalogueEntry product : products) {
      if (!there.contains(product.id())) {
        rows.add(
            product.id(),
            product.title(),
            product.prices().price(),
            product.currency(),
            document(product),
            product.ranking().updatedAt());
      }
    }
    rows.flush();
  }

  private static void customers(Connection connection, List<CustomerEntry> customers)
      throws SQLException {
    Set<UUID> there = ids(connection, "select id from customers.customers");
    List<CustomerEntry> missing =
        customers.stream().filter(customer -> !there.contains(customer.userId())).toList();
    Rows rows = new Rows(connection, CUSTOMER, 4);
    for (CustomerEntry customer : missing) {
      rows.add(customer.userId(), customer.email(), customer.fullName(), customer.locale());
    }
    rows.flush();
    Rows addresses = new Rows(connection, ADDRESS, 3);
    for (CustomerEntry customer : missing) {
      for (CustomerEntry.Address address : customer.addresses()) {
        addresses.add(address.addressId(), customer.userId(), document(address));
      }
    }
    addresses.flush();
  }

  /** Adds carts that are not there. */
  static void carts(Connection connection, Collection<CartEntry> carts) throws SQLException {
    Set<UUID> there = ids(connection, "select id from carts.carts");
    List<CartEntry> missing =
        carts.stream().filter(cart -> !there.contains(cart.cartId())).toList();
    Rows rows = new Rows(connection, CART, 2);
    for (CartEntry cart : missing) {
      rows.add(cart.cartId(), cart.userId());
    }
    rows.flush();
    Rows items = new Rows(connection, ITEM, 4);
    for (CartEntry cart : missing) {
      int line = 0;
      for (CartEntry.Item item : cart.items()) {
        items.add(cart.cartId(), ++line, item.productId(), item.quantity());
      }
    }
    items.flush();
  }

  /**
   * Goods in for every product that never had any, over the library as a host would do it: several
   * calls at once share commits.
   */
  static void stock(TechCorp shop, List<CatalogueEntry> products) {
    Set<UUID> stocked =
        shop.inventory().levels(products.stream().map(CatalogueEntry::id).toList()).keySet();
    products.parallelStream()
        .filter(product -> product.stock() > 0 && !stocked.contains(product.id()))
        .forEach(product -> shop.inventory().restock(product.id(), product.stock()));
  }

  /** The same for those who have no shop open. */
  static void stock(DataSource dataSource, DataFiles files) {
    PostgresStorage storage = DemoShop.storage(dataSource);
    try (TechCorp shop =
        TechCorp.builder()
            .storage(storage)
            .carts(storage.carts())
            .catalog(storage.catalog())
            .customers(storage.customers())
            .payments(SimulatedGateway.approving())
            .start()) {
      stock(shop, files.catalogue());
    }
  }

  private static Set<UUID> ids(Connection connection, String query) throws SQLException {
    Set<UUID> ids = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        ids.add(rows.getObject(1, UUID.class));
      }
    }
    return ids;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String document(CatalogueEntry product) {
    ObjectNode document = JSON.createObjectNode();
    document.put("description", product.description());
    document.put("original_price", product.prices().originalPrice());
    document.put("category", product.facets().category());
    document.put("brand", product.facets().brand());
    document.set("attributes", JSON.valueToTree(product.facets().attributes()));
    document.put("in_stock", product.ranking().inStock());
    document.put("popularity_score", product.ranking().popularityScore());
    return document.toString();
  }

  private static String document(CustomerEntry.Address address) {
    try {
      return JSON.writeValueAsString(address);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static UnavailableException unavailable(SQLException e) {
    return new UnavailableException("the database did not answer: " + e.getMessage(), e);
  }
}
