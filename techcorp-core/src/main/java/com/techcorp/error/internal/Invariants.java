package com.techcorp.error.internal;

/**
 * Checks what only a fault of the library itself can break: counters, permits, states. They stand
 * where a value changes, so that a fault shows there and not hours later. A check that holds costs
 * a comparison.
 */
public final class Invariants {
  private Invariants() {}

  /**
   * Throws if a count is out of its bounds.
   *
   * @param what what is counted, in the plural
   * @param count its value after the change
   * @param least the least that it may be
   * @param most the most that it may be
   * @throws IllegalStateException naming all four
   */
  public static void within(String what, long count, long least, long most) {
    if (count < least || count > most) {
      throw new IllegalStateException(
          what + ": " + count + ", which must be between " + least + " and " + most);
    }
  }
}
