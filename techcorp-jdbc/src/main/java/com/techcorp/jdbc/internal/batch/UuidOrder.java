package com.techcorp.jdbc.internal.batch;

import java.util.Comparator;
import java.util.UUID;

/** The order in which rows are locked. */
public final class UuidOrder {
  /** PostgreSQL's order of UUIDs; Java's own compares signed numbers. */
  public static final Comparator<UUID> BY_BYTES =
      (a, b) -> {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high == 0
            ? Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits())
            : high;
      };

  private UuidOrder() {}
}
