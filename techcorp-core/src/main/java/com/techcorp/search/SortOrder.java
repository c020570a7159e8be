package com.techcorp.search;

/** The orders in which hits come. Ties are broken by popularity where stated, and then by id. */
public enum SortOrder {
  /** The best match first, then the most popular. */
  RELEVANCE("relevance"),
  /** By match and popularity at once: a slightly worse match that is much more popular wins. */
  POPULARITY("popularity"),
  /** The cheapest first. */
  PRICE_ASCENDING("price"),
  /** The dearest first. */
  PRICE_DESCENDING("-price"),
  /** By {@code updated_at}, the latest first. */
  NEWEST("newest");

  private final String parameter;

  SortOrder(String parameter) {
    this.parameter = parameter;
  }

  /**
   * Returns its name in a URL.
   *
   * @return the value of the parameter {@code sort}
   */
  public String parameter() {
    return parameter;
  }
}
