package com.techcorp.search.internal;

import com.techcorp.search.InvalidQueryException;
import com.techcorp.search.SearchLimits;
import com.techcorp.search.SearchQuery;
import java.util.Collection;
import java.util.HashSet;
import java.util.SortedSet;

/** Refuses queries beyond the limits, before anything is done for them. */
final class QueryCheck {
  private static final int MAX_VALUE = 500;
  private static final int MAX_ID = 100;
  private static final int MAX_SUGGESTIONS = 20;

  private final SearchLimits limits;

  QueryCheck(SearchLimits limits) {
    this.limits = limits;
  }

  /**
   * Refuses a query beyond the limits.
   *
   * @throws InvalidQueryException names the parameter and the limit
   */
  void check(SearchQuery query) {
    text(query.text());
    filters(query.filters().values().values());
    if (query.facets().size() > limits.facets()) {
      throw new InvalidQueryException("facet", "a query has at most " + limits.facets());
    }
    if (new HashSet<>(query.facets()).size() < query.facets().size()) {
      throw new InvalidQueryException("facet", "each facet is asked for once");
    }
    if (query.size() < 0 || query.size() > limits.pageSize()) {
      throw new InvalidQueryException("size", "a page has 0 to " + limits.pageSize() + " hits");
    }
    id("audience", query.audience());
    id("shopper", query.shopper());
  }

  /**
   * Refuses suggestions beyond the limits.
   *
   * @throws InvalidQueryException names the parameter and the limit
   */
  void checkSuggest(String typed, int limit) {
    text(typed);
    if (limit < 1 || limit > MAX_SUGGESTIONS) {
      throw new InvalidQueryException("limit", "it must be 1 to " + MAX_SUGGESTIONS);
    }
  }

  private void text(String text) {
    if (text.length() > limits.textLength()) {
      throw new InvalidQueryException(
          "q", "it must have at most " + limits.textLength() + " characters");
    }
    if (QueryText.words(text).size() > limits.words()) {
      throw new InvalidQueryException("q", "it must have at most " + limits.words() + " words");
    }
  }

  private void filters(Collection<SortedSet<String>> chosen) {
    int values = 0;
    for (SortedSet<String> ofField : chosen) {
      values += ofField.size();
      for (String value : ofField) {
        if (value.isEmpty() || value.length() > MAX_VALUE || value.indexOf(0) >= 0) {
          throw new InvalidQueryException(
              "filter", "a value must have 1 to " + MAX_VALUE + " characters, none of them NUL");
        }
      }
    }
    if (values > limits.filterValues()) {
      throw new InvalidQueryException(
          "filter", "a query chooses at most " + limits.filterValues() + " values");
    }
  }

  private static void id(String parameter, String id) {
    if (id.length() > MAX_ID || id.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidQueryException(
          parameter, "it must have at most " + MAX_ID + " characters, and no control characters");
    }
  }
}
