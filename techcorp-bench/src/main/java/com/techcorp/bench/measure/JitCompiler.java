package com.techcorp.bench.measure;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The compiler of this JVM, which shares the cores with what is measured. */
final class JitCompiler {
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final double AT_REST = 0.1;
  private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

  private JitCompiler() {}

  /**
   * Returns once the compiler took less than a tenth of a core for half a second.
   *
   * @param longest returns then at the latest
   * @param stopped returns when this says so
   */
  static void awaitRest(Duration longest, BooleanSupplier stopped) {
    long until = System.nanoTime() + longest.toNanos();
    int calm = 0;
    while (calm < 2 && System.nanoTime() - until < 0 && !stopped.getAsBoolean()) {
      long before = COMPILER.getTotalCompilationTime();
      LockSupport.parkNanos(LOOK.toNanos());
      long took = COMPILER.getTotalCompilationTime() - before;
      calm = took < AT_REST * LOOK.toMillis() ? calm + 1 : 0;
    }
  }
}
