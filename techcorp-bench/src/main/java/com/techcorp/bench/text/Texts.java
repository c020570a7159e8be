package com.techcorp.bench.text;

import com.techcorp.bench.statistics.Summary;
import java.util.Locale;
import java.util.OptionalDouble;

/** Figures as the report shows them. */
public final class Texts {
  private Texts() {}

  public static String rate(double perSecond) {
    return String.format(Locale.ROOT, "%,.0f", perSecond);
  }

  public static String rate(Summary spread) {
    return spread.least() == spread.most()
        ? rate(spread.median())
        : rate(spread.median()) + " (" + rate(spread.least()) + "–" + rate(spread.most()) + ")";
  }

  public static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  public static String ratio(Summary spread) {
    return spread.least() == spread.most()
        ? ratio(spread.median())
        : ratio(spread.median()) + " (" + ratio(spread.least()) + "–" + ratio(spread.most()) + ")";
  }

  public static String millis(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
  }

  public static String one(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  public static String two(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  public static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  public static String whole(OptionalDouble value) {
    return value.isPresent() ? whole(value.getAsDouble()) : "-";
  }
}
