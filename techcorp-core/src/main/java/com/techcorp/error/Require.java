package com.techcorp.error;

import java.time.Duration;

/**
 * Refuses options that are out of range, by a {@link WiringException} that names the option, its
 * range and the value: {@code EngineOptions.lease must be at least 500 ms, was 100 ms}. A null is
 * no value of an option: it is a {@link NullPointerException}.
 */
public final class Require {
  private Require() {}

  /**
   * Refuses a number that is too small.
   *
   * @param option class and name, such as {@code RelayOptions.batch}
   * @param value its value
   * @param least the smallest that is allowed
   * @throws WiringException if it is smaller
   */
  public static void atLeast(String option, long value, long least) {
    that(value >= least, option, "at least " + least, value);
  }

  /**
   * Refuses a number outside a range.
   *
   * @param option class and name
   * @param value its value
   * @param least the smallest that is allowed
   * @param most the greatest that is allowed
   * @throws WiringException if it is outside
   */
  public static void between(String option, long value, long least, long most) {
    that(value >= least && value <= most, option, least + " to " + most, value);
  }

  /**
   * Refuses a time that is too short.
   *
   * @param option class and name
   * @param value its value
   * @param least the shortest that is allowed
   * @throws WiringException if it is shorter
   */
  public static void atLeast(String option, Duration value, Duration least) {
    that(value.compareTo(least) >= 0, option, "at least " + text(least), value);
  }

  /**
   * Refuses a time outside a range.
   *
   * @param option class and name
   * @param value its value
   * @param least the shortest that is allowed
   * @param most the longest that is allowed
   * @throws WiringException if it is outside
   */
  public static void between(String option, Duration value, Duration least, Duration most) {
    boolean inside = value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    that(inside, option, text(least) + " to " + text(most), value);
  }

  /**
   * Refuses a time that is zero or less.
   *
   * @param option class and name
   * @param value its value
   * @throws WiringException if it is not positive
   */
  public static void positive(String option, Duration value) {
    that(!value.isNegative() && !value.isZero(), option, "positive", value);
  }

  /**
   * Refuses a value that fails another condition.
   *
   * @param holds whether the value is allowed
   * @param option class and name
   * @param range what is allowed, after "must be"
   * @param value its value
   * @throws WiringException if it does not hold
   */
  public static void that(boolean holds, String option, String range, Object value) {
    if (!holds) {
      throw new WiringException(option + " must be " + range + ", was " + text(value));
    }
  }

  private static String text(Object value) {
    if (!(value instanceof Duration time)) {
      return String.valueOf(value);
    }
    boolean wholeMillis = time.toNanosPart() % 1_000_000 == 0;
    if (!wholeMillis || Math.abs(time.toSeconds()) > 1_000_000) {
      return time.toString();
    }
    long millis = time.toMillis();
    return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
  }
}
