package com.techcorp.search.spi;

import com.techcorp.search.PriceRange;
import com.techcorp.search.ProductField;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/** A condition on products that changes no score. */
public sealed interface FilterClause {
  /**
   * The stock.
   *
   * @param available whether a unit is available
   */
  record InStock(boolean available) implements FilterClause {}

  /**
   * The price. Bounds and prices are compared as the doubles of their decimal texts, so that a
   * price equals a bound of the same text.
   *
   * @param range where it lies
   */
  record Price(PriceRange range) implements FilterClause {}

  /**
   * One of several values of a field, compared exactly.
   *
   * @param field the field
   * @param values the values; at least one
   */
  record AnyValue(ProductField field, SortedSet<String> values) implements FilterClause {
    /** Makes an unmodifiable copy. */
    public AnyValue {
      values = Collections.unmodifiableSortedSet(new TreeSet<>(values));
    }
  }

  /**
   * Some products only.
   *
   * @param products their ids
   */
  record AnyOf(List<UUID> products) implements FilterClause {
    /** Makes an unmodifiable copy. */
    public AnyOf {
      products = List.copyOf(products);
    }
  }

  /**
   * All products but some.
   *
   * @param products the ids of those left out
   */
  record NoneOf(List<UUID> products) implements FilterClause {
    /** Makes an unmodifiable copy. */
    public NoneOf {
      products = List.copyOf(products);
    }
  }
}
