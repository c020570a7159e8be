package com.techcorp.search;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What hits must have. All conditions hold; of several values of one field a hit has at least one.
 * Immutable; each {@code with} method returns a changed copy.
 *
 * @param inStock true: a unit is available; false: none is; null: either
 * @param price the range that the price lies in; null: any
 * @param values the chosen values by field; never an empty set
 */
public record SearchFilters(
    @Nullable Boolean inStock,
    @Nullable PriceRange price,
    SortedMap<ProductField, SortedSet<String>> values) {
  /** No condition. */
  public static final SearchFilters NONE = new SearchFilters(null, null, new TreeMap<>());

  /** Makes unmodifiable copies; leaves out fields without a value. */
  public SearchFilters {
    SortedMap<ProductField, SortedSet<String>> copy = new TreeMap<>();
    for (Map.Entry<ProductField, SortedSet<String>> field : values.entrySet()) {
      if (!field.getValue().isEmpty()) {
        copy.put(
            field.getKey(), Collections.unmodifiableSortedSet(new TreeSet<>(field.getValue())));
      }
    }
    values = Collections.unmodifiableSortedMap(copy);
  }

  /**
   * Returns the filters with another condition on the stock.
   *
   * @param available true: a unit is available; false: none is
   * @return a changed copy
   */
  public SearchFilters withInStock(boolean available) {
    return new SearchFilters(available, price, values);
  }

  /**
   * Returns the filters with another condition on the price.
   *
   * @param range where the price lies
   * @return a changed copy
   */
  public SearchFilters withPrice(PriceRange range) {
    return new SearchFilters(inStock, range, values);
  }

  /**
   * Returns the filters with more values of a field.
   *
   * @param field the field
   * @param more values beside those chosen already
   * @return a changed copy
   */
  public SearchFilters with(ProductField field, Collection<String> more) {
    SortedMap<ProductField, SortedSet<String>> changed = new TreeMap<>(values);
    SortedSet<String> chosen = new TreeSet<>(changed.getOrDefault(field, new TreeSet<>()));
    chosen.addAll(more);
    changed.put(field, chosen);
    return new SearchFilters(inStock, price, changed);
  }

  /**
   * Returns the values that are chosen of a field.
   *
   * @param field the field
   * @return the values; empty if any will do
   */
  public SortedSet<String> chosen(ProductField field) {
    return values.getOrDefault(field, Collections.emptySortedSet());
  }
}
