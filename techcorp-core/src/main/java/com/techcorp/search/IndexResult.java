package com.techcorp.search;

/** What became of a product that was to be indexed. */
public sealed interface IndexResult {
  /** Every target has the product as it was read, or as someone read it later. */
  record Indexed() implements IndexResult {}

  /**
   * The product cannot be indexed as it is: what the index has of it stays.
   *
   * @param reason why, without values of the product
   */
  record Refused(String reason) implements IndexResult {}

  /**
   * The index has a version that the journal never gave: it was written with another journal, or
   * the journal's database was restored. A rebuild of the index heals it.
   *
   * @param stored the version that the index has
   */
  record Ahead(long stored) implements IndexResult {}

  /**
   * The engine is busy, or its disk is full: index the product again later.
   *
   * @param reason why
   */
  record Busy(String reason) implements IndexResult {}
}
