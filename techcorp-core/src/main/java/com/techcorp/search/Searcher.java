package com.techcorp.search;

import java.util.List;

/** Finds products. Thread-safe. */
public interface Searcher {
  /**
   * Returns the page of products that a query asks for.
   *
   * @param query what is asked
   * @return a whole page; without hits if nothing matches
   * @throws InvalidQueryException if the query exceeds a limit, or its cursor is not one of this
   *     query, is too old, or was changed
   * @throws SearchUnavailableException if the engine cannot be reached, is too slow, or answers for
   *     a part of the index only
   * @throws com.techcorp.error.OverloadedException if as many queries run as the options allow
   */
  SearchPage search(SearchQuery query);

  /**
   * Returns products whose title has all words that are typed so far, the last of them as the
   * beginning of a word; the most popular first.
   *
   * @param typed what is typed so far; blank: no suggestions
   * @param limit how many at the most, 1 to 20
   * @return at most one for each title
   * @throws InvalidQueryException if a limit is exceeded
   * @throws SearchUnavailableException as {@link #search}
   * @throws com.techcorp.error.OverloadedException as {@link #search}
   */
  List<Suggestion> suggest(String typed, int limit);
}
