package com.techcorp.jdbc.internal.read;

import com.techcorp.catalog.Product;
import com.techcorp.catalog.ProductCatalog;
import com.techcorp.jdbc.internal.batch.Transactions;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Products from {@code catalog.products}, for hosts that start from nothing. */
public final class PostgresCatalog implements ProductCatalog {
  private static final String PRODUCTS =
      "select id, title, price, currency, version from ${catalog}.products where id = any (:ids)";

  private final Transactions transactions;

  public PostgresCatalog(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Map<UUID, Product> find(Collection<UUID> ids) {
    return transactions.read(
        handle -> {
          Map<UUID, Product> products = new HashMap<>();
          handle
              .createQuery(PRODUCTS)
              .bindArray("ids", UUID.class, ids.toArray())
              .map(
                  (rows, c) ->
                      new Product(
                          rows.getObject(1, UUID.class),
                          rows.getString(2),
                          rows.getLong(3),
                          rows.getString(4),
                          rows.getLong(5)))
              .forEach(product -> products.put(product.id(), product));
          return products;
        });
  }
}
