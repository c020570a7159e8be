package com.techcorp.auth.password;

import java.util.concurrent.CountDownLatch;

/** Options of a hash that takes no time, and the parts of tests that block. */
final class TestPasswords {
  static final PasswordOptions FAST =
      PasswordOptions.DEFAULT.withMemory(64).withIterations(1).withPermits(2);

  private TestPasswords() {}

  /** Waits as a hash does: an interruption changes nothing. */
  static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
