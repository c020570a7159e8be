package com.techcorp.examples.demo;

/** How the demo ends; {@code --help} tells the same. */
final class ExitCode {
  /** All orders were accepted, and all is clean. */
  static final int CLEAN = 0;

  /** An invariant is broken, or an order was late. */
  static final int BROKEN = 1;

  /** Wrong usage, no way to run, or orders that were not accepted. */
  static final int ERROR = 2;

  private ExitCode() {}
}
