package com.techcorp.bench.workload;

import java.util.Locale;

/** Which products are bought. */
public enum Load {
  /** One to three of many products, all equally likely. */
  UNIFORM,
  /** Always the same product. */
  HOT;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
