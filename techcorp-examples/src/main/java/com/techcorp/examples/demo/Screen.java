package com.techcorp.examples.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What the runner writes: lines, and one line of progress that is written over on a terminal and
 * written anew every two seconds elsewhere. For one thread.
 */
final class Screen {
  static final Locale LOCALE = Locale.ROOT;

  private static final long PLAIN_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final PrintStream out;
  private final boolean terminal;
  private boolean open;
  private long lastPlain = System.nanoTime() - PLAIN_NANOS;

  Screen(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  void line(String format, Object... values) {
    endProgress();
    out.println(values.length == 0 ? format : String.format(LOCALE, format, values));
    out.flush();
  }

  void progress(String format, Object... values) {
    String text = String.format(LOCALE, format, values);
    if (terminal) {
      out.print("\r" + text + "\u001b[K");
      open = true;
    } else if (System.nanoTime() - lastPlain >= PLAIN_NANOS) {
      lastPlain = System.nanoTime();
      out.println(text);
    }
    out.flush();
  }

  /** How far the orders are. */
  void progress(Tally tally, int all, Duration elapsed) {
    progress(
        "  %,7d of %,d   %,d confirmed   %,d cancelled   %,d in flight   %,.0f orders/s",
        tally.ended(),
        all,
        tally.confirmedCount(),
        tally.cancelledCount(),
        tally.startedCount() - tally.ended(),
        tally.ended() * 1e9 / Math.max(1, elapsed.toNanos()));
  }

  private void endProgress() {
    if (open) {
      out.print("\r\u001b[K");
      open = false;
    }
  }

  static String count(long number, String one, String many) {
    return String.format(LOCALE, "%,d %s", number, number == 1 ? one : many);
  }

  static String seconds(Duration duration) {
    return String.format(LOCALE, "%.1f s", duration.toMillis() / 1_000.0);
  }
}
