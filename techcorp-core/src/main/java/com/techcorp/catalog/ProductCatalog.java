package com.techcorp.catalog;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/**
 * Reads the host's products (host SPI). Thread-safe; throws {@link
 * com.techcorp.error.UnavailableException} on a fault.
 */
public interface ProductCatalog {
  /**
   * Looks up products by id.
   *
   * @param ids which
   * @return one entry a known product
   */
  Map<UUID, Product> find(Collection<UUID> ids);
}
