package com.techcorp.testkit.relevance;

import com.techcorp.search.IndexOptions.Language;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A query, and how good each product is for who types it. Immutable.
 *
 * @param kind what is special about it
 * @param language of the text, and of the products to search
 * @param text as it is typed
 * @param grades from 1 (related) to 3 (just that), by product; a product without one is worth
 *     nothing
 */
public record JudgedQuery(
    QueryKind kind, Language language, String text, Map<UUID, Integer> grades) {

  /** The hits that {@link #ndcg} looks at: what a shopper sees first. */
  public static final int DEPTH = 10;

  /**
   * Makes an unmodifiable copy.
   *
   * @param kind what is special about it
   * @param language of the text, and of the products to search
   * @param text as it is typed
   * @param grades from 1 (related) to 3 (just that), by product; a product without one is worth
   *     nothing
   */
  public JudgedQuery {
    grades = Map.copyOf(grades);
  }

  /**
   * Returns how good the first {@value #DEPTH} hits are.
   *
   * @param hits the products found, best first; only those that the page presents as an answer to
   *     the query, not what it offers because there is none
   * @return from 0 to 1; for a query of {@link QueryKind#NO_HIT}, 1 if there are no hits
   * @throws IllegalArgumentException if a product is there twice
   */
  public double ndcg(List<UUID> hits) {
    return Ndcg.at(DEPTH, hits, grades);
  }
}
