package com.techcorp.search.elasticsearch.internal;

/**
 * The fields of the mapping, but those that only {@link com.techcorp.search.ProductField} names.
 */
final class FieldNames {
  static final String ID = "id";
  static final String TITLE = "title";
  static final String DESCRIPTION = "description";
  static final String PRICE = "price";
  static final String IN_STOCK = "in_stock";
  static final String POPULARITY = "popularity_score";

  /** A tombstone has it, and a product does not. */
  static final String DELETED_AT = "deleted_at";

  /** The title's words without stems, for suggestions. */
  static final String TITLE_WORDS = "title.words";

  /** The title as it is, so that each is suggested once. */
  static final String TITLE_TEXT = "title.text";

  /** The words of title and description without stems, for corrections. */
  static final String ALL_WORDS = "all_words";

  private FieldNames() {}
}
