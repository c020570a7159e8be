package com.techcorp.search.spi;

/** A key that hits are sorted by. */
public enum SortKey {
  /** The score, the highest first; its sort value is a {@code Double}. */
  SCORE("_score", true),
  /** The popularity, the highest first; a {@code Double}. */
  POPULARITY("popularity_score", true),
  /** The price, the lowest first; a {@code Double}. */
  PRICE("price", false),
  /** The price, the highest first; a {@code Double}. */
  PRICE_DESCENDING("price", true),
  /** The time of the last change, the latest first; a {@code Long} of milliseconds since 1970. */
  UPDATED_AT("updated_at", true),
  /** The id in the order of its text; a {@code String}. */
  ID("id", false);

  private final String field;
  private final boolean descending;

  SortKey(String field, boolean descending) {
    this.field = field;
    this.descending = descending;
  }

  /**
   * Returns the field.
   *
   * @return a document's field, or {@code _score}
   */
  public String field() {
    return field;
  }

  /**
   * Returns the direction.
   *
   * @return true: the highest first
   */
  public boolean descending() {
    return descending;
  }
}
