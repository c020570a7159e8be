package com.techcorp.search.internal;

import com.techcorp.search.ProductDocument;
import com.techcorp.search.ProductSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A catalogue without products. */
final class NoProducts implements ProductSource {
  @Override
  public Map<UUID, ProductDocument> load(Collection<UUID> ids) {
    return Map.of();
  }

  @Override
  public List<UUID> idsAfter(@Nullable UUID after, int limit) {
    return List.of();
  }
}
