package com.techcorp.testkit;

import com.techcorp.search.ProductDocument;
import com.techcorp.search.ProductSource;
import com.techcorp.search.UnreadableProductsException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps products that are to be found, in memory. Thread-safe. */
public final class MemoryProducts implements ProductSource {
  private final Map<UUID, ProductDocument> products = new ConcurrentHashMap<>();
  private final Map<UUID, String> unreadable = new ConcurrentHashMap<>();

  /** Creates a source without products. */
  public MemoryProducts() {}

  /**
   * Keeps a product, in the place of an earlier one of the same id.
   *
   * @param product the product
   * @return this source
   */
  public MemoryProducts put(ProductDocument product) {
    products.put(product.id(), product);
    unreadable.remove(product.id());
    return this;
  }

  /**
   * Keeps a product of which no document can be made.
   *
   * @param product its id
   * @param problem what is wrong with it
   * @return this source
   */
  public MemoryProducts putUnreadable(UUID product, String problem) {
    products.remove(product);
    unreadable.put(product, problem);
    return this;
  }

  /**
   * Has a product gone.
   *
   * @param product its id
   * @return this source
   */
  public MemoryProducts remove(UUID product) {
    products.remove(product);
    unreadable.remove(product);
    return this;
  }

  @Override
  public Map<UUID, ProductDocument> load(Collection<UUID> ids) {
    Map<UUID, String> problems = new HashMap<>(unreadable);
    problems.keySet().retainAll(new HashSet<>(ids));
    if (!problems.isEmpty()) {
      throw new UnreadableProductsException(problems);
    }
    Map<UUID, ProductDocument> found = new HashMap<>();
    for (UUID id : ids) {
      ProductDocument product = products.get(id);
      if (product != null) {
        found.put(id, product);
      }
    }
    return found;
  }

  @Override
  public List<UUID> idsAfter(@Nullable UUID after, int limit) {
    String from = after == null ? "" : after.toString();
    return Stream.concat(products.keySet().stream(), unreadable.keySet().stream())
        .filter(id -> id.toString().compareTo(from) > 0)
        .sorted(Comparator.comparing(UUID::toString))
        .limit(limit)
        .toList();
  }
}
