package com.techcorp.bench.compare;

import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.text.Screen;

/** Both sides of a comparison, each in a JVM and on a database of its own. */
final class CompareProcesses implements Comparison.Sides {
  private final Screen screen;
  private final BenchDatabase one;
  private final BenchDatabase other;
  private final CompareProcess before;
  private final CompareProcess after;

  private CompareProcesses(String before, String after, BenchServer server, Screen screen) {
    this.screen = screen;
    this.one = server.blank();
    this.other = server.blank();
    this.before = CompareProcess.start(CompareWorker.class, before, one.url(), server.pid());
    try {
      this.after = CompareProcess.start(CompareWorker.class, after, other.url(), server.pid());
    } catch (RuntimeException e) {
      this.before.close();
      throw e;
    }
  }

  /**
   * Starts both.
   *
   * @param before class path of the earlier commit, with its worker
   * @param after class path of the later one
   */
  static CompareProcesses start(String before, String after, BenchServer server, Screen screen) {
    return new CompareProcesses(before, after, server, screen);
  }

  @Override
  public CompareSide before() {
    return before;
  }

  @Override
  public CompareSide after() {
    return after;
  }

  @Override
  public void check() {
    screen.line("  every order checked: A %,d, B %,d", before.check(), after.check());
  }

  @Override
  public void close() {
    before.close();
    after.close();
    one.close();
    other.close();
  }
}
