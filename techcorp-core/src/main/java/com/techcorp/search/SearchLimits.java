package com.techcorp.search;

import com.techcorp.error.Require;
import java.time.Duration;

/**
 * The bounds on what one query may ask. Immutable; each {@code with} method returns a changed copy.
 *
 * @param textLength the most characters of a text; default 256
 * @param words the most words of a text; default 32
 * @param filterValues the most chosen values of all fields together; default 100
 * @param facets the most facets; default 20
 * @param pageSize the most hits of a page; default 100
 * @param cursorAge how long a cursor can be used after its page; default 1 hour
 */
public record SearchLimits(
    int textLength, int words, int filterValues, int facets, int pageSize, Duration cursorAge) {
  /** The defaults. */
  public static final SearchLimits DEFAULT =
      new SearchLimits(256, 32, 100, 20, 100, Duration.ofHours(1));

  /**
   * Refuses bounds out of range.
   *
   * @throws com.techcorp.error.WiringException names the bound and its range
   */
  public SearchLimits {
    Require.between("SearchLimits.textLength", textLength, 1, 10_000);
    Require.between("SearchLimits.words", words, 1, 1_000);
    Require.between("SearchLimits.filterValues", filterValues, 1, 1_000);
    Require.between("SearchLimits.facets", facets, 0, 100);
    Require.between("SearchLimits.pageSize", pageSize, 1, 1_000);
    Require.between(
        "SearchLimits.cursorAge", cursorAge, Duration.ofSeconds(1), Duration.ofDays(30));
  }

  /**
   * Returns the limits with another length of texts.
   *
   * @param characters 1 to 10,000
   * @return a changed copy
   */
  public SearchLimits withTextLength(int characters) {
    return new SearchLimits(characters, words, filterValues, facets, pageSize, cursorAge);
  }

  /**
   * Returns the limits with another number of words.
   *
   * @param most 1 to 1,000
   * @return a changed copy
   */
  public SearchLimits withWords(int most) {
    return new SearchLimits(textLength, most, filterValues, facets, pageSize, cursorAge);
  }

  /**
   * Returns the limits with another number of chosen values.
   *
   * @param most 1 to 1,000
   * @return a changed copy
   */
  public SearchLimits withFilterValues(int most) {
    return new SearchLimits(textLength, words, most, facets, pageSize, cursorAge);
  }

  /**
   * Returns the limits with another number of facets.
   *
   * @param most 0 to 100
   * @return a changed copy
   */
  public SearchLimits withFacets(int most) {
    return new SearchLimits(textLength, words, filterValues, most, pageSize, cursorAge);
  }

  /**
   * Returns the limits with another size of pages.
   *
   * @param most 1 to 1,000
   * @return a changed copy
   */
  public SearchLimits withPageSize(int most) {
    return new SearchLimits(textLength, words, filterValues, facets, most, cursorAge);
  }

  /**
   * Returns the limits with another age of cursors.
   *
   * @param most 1 s to 30 days
   * @return a changed copy
   */
  public SearchLimits withCursorAge(Duration most) {
    return new SearchLimits(textLength, words, filterValues, facets, pageSize, most);
  }
}
