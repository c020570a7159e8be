package com.techcorp.bench;

import java.util.Locale;

/** What is in the tables before the first order. */
enum Tables {
  /** No orders. */
  EMPTY,
  /** Those of a month, done. */
  FINISHED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
