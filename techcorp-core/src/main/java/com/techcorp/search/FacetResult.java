package com.techcorp.search;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The counts of a facet, as {@link FacetRequest} asked for them. */
public sealed interface FacetResult {
  /**
   * The counts of a field's values.
   *
   * @param field the field
   * @param counts the most frequent first, equal counts by value; chosen values beyond the asked
   *     number come last, also those with no hit
   * @param approximate true if the engine says that the counts may be too low
   */
  record Values(ProductField field, List<Count> counts, boolean approximate)
      implements FacetResult {
    /** Makes an unmodifiable copy of the counts. */
    public Values {
      counts = List.copyOf(counts);
    }
  }

  /**
   * A value and its hits.
   *
   * @param value such as {@code blue}
   * @param hits how many hits have it
   * @param chosen whether the query filters by it
   */
  record Count(String value, long hits, boolean chosen) {}

  /**
   * The counts of bands of prices.
   *
   * @param bands ascending, also those without a hit
   */
  record Prices(List<Band> bands) implements FacetResult {
    /** Makes an unmodifiable copy of the bands. */
    public Prices {
      bands = List.copyOf(bands);
    }
  }

  /**
   * A band of prices and its hits.
   *
   * @param from the lowest price in it; null: no lower bound
   * @param below the lowest price above it; null: no upper bound
   * @param hits how many
   */
  record Band(@Nullable BigDecimal from, @Nullable BigDecimal below, long hits) {}
}
