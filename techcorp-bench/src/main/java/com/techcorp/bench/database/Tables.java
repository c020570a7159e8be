package com.techcorp.bench.database;

import java.util.Locale;

/** What is in the tables before the first order. */
public enum Tables {
  /** No orders. */
  EMPTY,
  /** Those of a month, done. */
  FINISHED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
