package com.techcorp.examples.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: no new orders, those under way come to their outcome, the summary is printed,
 * and only then does the database go.
 */
final class Drain {
  private static final long LIMIT_SECONDS = 120;

  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean requested;

  /** Called on a shutdown hook; returns when the main thread is done. */
  void request() {
    requested = true;
    try {
      if (!done.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        System.err.println(
            "Not drained within " + LIMIT_SECONDS + " s: a next run on the same data goes on.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean requested() {
    return requested;
  }

  void done() {
    done.countDown();
  }
}
