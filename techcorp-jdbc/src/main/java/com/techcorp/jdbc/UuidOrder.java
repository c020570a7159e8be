package com.techcorp.jdbc;

import java.util.Comparator;
import java.util.UUID;

/** The order in which rows are locked. */
final class UuidOrder {
  /** PostgreSQL's order of UUIDs; Java's own compares signed numbers. */
  static final Comparator<UUID> BY_BYTES =
      (a, b) -> {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high == 0
            ? Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits())
            : high;
      };

  private UuidOrder() {}
}
