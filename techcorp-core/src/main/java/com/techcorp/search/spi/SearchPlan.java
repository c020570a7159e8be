package com.techcorp.search.spi;

import com.techcorp.search.FacetRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query as an engine runs it: decided once, the same for every engine. Hits match the text, all
 * {@code filters} and all {@code chosen} filters. A facet counts what matches the text, all {@code
 * filters}, and of the chosen ones those of other facets.
 *
 * @param text what to look for
 * @param ranking what changes scores beside the text
 * @param filters conditions that hold for hits and for all facets
 * @param chosen conditions that hold for hits, on fields that are also facets; at most one a field
 * @param facets what to count
 * @param sort the order of hits; ends with the id, so that it is total
 * @param page which part of the hits
 * @param highlights whether hits have highlights of title and description
 * @param preference hits of equal preference come from the same copy of the index; null: any copy
 */
public record SearchPlan(
    TextMatch text,
    Ranking ranking,
    List<FilterClause> filters,
    List<FilterClause> chosen,
    List<FacetRequest> facets,
    List<SortKey> sort,
    PageRequest page,
    boolean highlights,
    @Nullable String preference) {
  /** Makes unmodifiable copies of the lists. */
  public SearchPlan {
    filters = List.copyOf(filters);
    chosen = List.copyOf(chosen);
    facets = List.copyOf(facets);
    sort = List.copyOf(sort);
  }

  /**
   * Returns the chosen filters that count for a facet: all but those on its own field.
   *
   * @param facet one of the facets
   * @return the others
   */
  public List<FilterClause> chosenBeside(FacetRequest facet) {
    return chosen.stream().filter(filter -> !isOf(filter, facet)).toList();
  }

  private static boolean isOf(FilterClause filter, FacetRequest facet) {
    if (filter instanceof FilterClause.AnyValue any) {
      return facet instanceof FacetRequest.Values values && values.field().equals(any.field());
    }
    return filter instanceof FilterClause.Price && facet instanceof FacetRequest.Prices;
  }

  /**
   * Which part of the hits a page holds.
   *
   * @param size how many hits at the most; 0: none, only the total and the facets
   * @param after the sort values of the hit before, as {@link SearchAnswer} gave them, one for each
   *     sort key; null: from the beginning
   * @param snapshot the snapshot to read; null: the index as it is
   */
  public record PageRequest(int size, @Nullable List<Object> after, @Nullable String snapshot) {
    /** Makes an unmodifiable copy of the values. */
    public PageRequest {
      after = after == null ? null : List.copyOf(after);
    }
  }
}
