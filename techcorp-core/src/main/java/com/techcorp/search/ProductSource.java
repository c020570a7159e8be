package com.techcorp.search;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the host's products as they are to be found (host port). It reads the primary, and in a
 * statement that begins after the call: what was committed before must be seen. Thread-safe; throws
 * {@link com.techcorp.error.UnavailableException} on a fault.
 */
public interface ProductSource {
  /**
   * Reads products. A product that is not in the result is gone, and is removed from the index.
   *
   * @param ids which; not many more than 500
   * @return by id
   */
  Map<UUID, ProductDocument> load(Collection<UUID> ids);

  /**
   * Lists the ids of all products, page by page.
   *
   * @param after the id behind which the page begins; null: from the beginning
   * @param limit how many at the most
   * @return ascending in the order of their text; fewer than the limit only at the end
   */
  List<UUID> idsAfter(@Nullable UUID after, int limit);
}
