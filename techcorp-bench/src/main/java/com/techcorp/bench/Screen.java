package com.techcorp.bench;

import java.io.PrintStream;
import java.util.Locale;

/** Where a run tells what it does. */
final class Screen {
  private final PrintStream out;

  Screen(PrintStream out) {
    this.out = out;
  }

  void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
