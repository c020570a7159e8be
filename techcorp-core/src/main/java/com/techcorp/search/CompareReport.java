package com.techcorp.search;

import java.util.List;

/**
 * What a walk through the catalogue and an index found.
 *
 * @param target the index
 * @param products how many products the catalogue has
 * @param differences the first of the products that differ, by id
 * @param differing how many differ
 * @param repaired how many of them were indexed again
 */
public record CompareReport(
    String target, long products, List<Difference> differences, long differing, long repaired) {
  /** The most differences that a report names. */
  public static final int MOST_NAMED = 1_000;

  /** Makes an unmodifiable copy of the differences. */
  public CompareReport {
    differences = List.copyOf(differences);
  }

  /**
   * Returns whether the index equals the catalogue.
   *
   * @return true if nothing differs
   */
  public boolean isEqual() {
    return differing == 0;
  }
}
