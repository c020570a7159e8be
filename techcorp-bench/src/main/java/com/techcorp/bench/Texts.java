package com.techcorp.bench;

import java.util.Locale;
import java.util.OptionalDouble;

/** Figures as the report shows them. */
final class Texts {
  private Texts() {}

  static String rate(double perSecond) {
    return String.format(Locale.ROOT, "%,.0f", perSecond);
  }

  static String rate(Summary spread) {
    return spread.least() == spread.most()
        ? rate(spread.median())
        : rate(spread.median()) + " (" + rate(spread.least()) + "–" + rate(spread.most()) + ")";
  }

  static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  static String ratio(Summary spread) {
    return spread.least() == spread.most()
        ? ratio(spread.median())
        : ratio(spread.median()) + " (" + ratio(spread.least()) + "–" + ratio(spread.most()) + ")";
  }

  static String millis(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
  }

  static String one(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  static String two(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  static String whole(OptionalDouble value) {
    return value.isPresent() ? whole(value.getAsDouble()) : "-";
  }
}
