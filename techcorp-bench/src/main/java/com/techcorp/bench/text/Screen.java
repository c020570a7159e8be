package com.techcorp.bench.text;

import java.io.PrintStream;
import java.util.Locale;

/** Where a run tells what it does. */
public final class Screen {
  private final PrintStream out;

  public Screen(PrintStream out) {
    this.out = out;
  }

  public void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
