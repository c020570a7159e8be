package com.techcorp.search;

import java.util.UUID;

/**
 * A product that an index has otherwise than the catalogue.
 *
 * @param product its id
 * @param kind what is wrong
 */
public record Difference(UUID product, Kind kind) {
  /** What is wrong. */
  public enum Kind {
    /** The catalogue has it, the index does not. */
    MISSING,
    /** The index has it, the catalogue does not. */
    SURPLUS,
    /** The index has it from before its last change. */
    OLDER,
    /** The index has other values of it. */
    DIFFERENT,
    /** The catalogue has values that no index takes. */
    UNREADABLE
  }
}
