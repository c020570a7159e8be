package com.techcorp.testkit;

import com.techcorp.catalog.Product;
import com.techcorp.catalog.ProductCatalog;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps products in memory. Thread-safe. */
public final class MemoryCatalog implements ProductCatalog {
  private final Map<UUID, Product> products = new ConcurrentHashMap<>();

  /** Creates a catalogue without products. */
  public MemoryCatalog() {}

  /**
   * Keeps a product, in the place of an earlier one of the same id.
   *
   * @param product the product
   * @return this catalogue
   */
  public MemoryCatalog put(Product product) {
    products.put(product.id(), product);
    return this;
  }

  @Override
  public Map<UUID, Product> find(Collection<UUID> ids) {
    Map<UUID, Product> found = new HashMap<>();
    for (UUID id : ids) {
      Product product = products.get(id);
      if (product != null) {
        found.put(id, product);
      }
    }
    return found;
  }
}
