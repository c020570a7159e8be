package com.techcorp.examples.demo;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** When the worker is killed. */
sealed interface CrashMoment {
  /** Whether it has come: so many of all orders have ended, so long after the first was placed. */
  boolean reached(int ended, int all, Duration elapsed);

  /** Once so many orders have ended. */
  record AfterOrders(int orders) implements CrashMoment {
    @Override
    public boolean reached(int ended, int all, Duration elapsed) {
      return ended >= orders;
    }

    @Override
    public String toString() {
      return "after " + Screen.count(orders, "order", "orders");
    }
  }

  /** Once such a share of the orders has ended. */
  record AtPercent(int percent) implements CrashMoment {
    @Override
    public boolean reached(int ended, int all, Duration elapsed) {
      return ended * 100L >= (long) percent * all;
    }

    @Override
    public String toString() {
      return "after " + percent + " % of them";
    }
  }

  /** So long after the first order was placed. */
  record AfterTime(Duration time) implements CrashMoment {
    @Override
    public boolean reached(int ended, int all, Duration elapsed) {
      return elapsed.compareTo(time) >= 0;
    }

    @Override
    public String toString() {
      return "after " + Screen.seconds(time);
    }
  }

  /** Reads {@code 50%}, {@code 300} or {@code 3s}. */
  final class Text implements ITypeConverter<CrashMoment> {
    private static final Pattern SHARE = Pattern.compile("(\\d{1,2})%");
    private static final Pattern COUNT = Pattern.compile("\\d{1,8}");

    @Override
    public CrashMoment convert(String text) {
      Matcher share = SHARE.matcher(text);
      if (share.matches()) {
        return new AtPercent(Integer.parseInt(share.group(1)));
      }
      if (COUNT.matcher(text).matches()) {
        return new AfterOrders(Integer.parseInt(text));
      }
      try {
        return new AfterTime(new DurationText().convert(text));
      } catch (TypeConversionException e) {
        throw new TypeConversionException(
            "'" + text + "' is no moment: write 50%, 300 (orders that have ended) or 3s");
      }
    }
  }
}
