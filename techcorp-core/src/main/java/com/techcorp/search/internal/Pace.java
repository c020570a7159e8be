package com.techcorp.search.internal;

import com.techcorp.concurrent.Threads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Keeps a walk through many products at a rate. Not thread-safe. */
final class Pace {
  private final Threads threads;
  private final int perSecond;
  private final long begun;
  private long done;

  /**
   * @param perSecond the most products in a second; 0: without a limit
   */
  Pace(Threads threads, int perSecond) {
    this.threads = threads;
    this.perSecond = perSecond;
    this.begun = threads.nanoTime();
  }

  /** Counts products, and waits until their time has passed. */
  void done(int products) {
    done += products;
    if (perSecond > 0) {
      long due = begun + done * 1_000_000_000L / perSecond;
      Duration left = Duration.ofNanos(due - threads.nanoTime());
      if (!left.isNegative()) {
        threads.await(new CompletableFuture<>(), left);
      }
    }
  }

  /** Returns the rate so far. */
  double perSecond() {
    long nanos = threads.nanoTime() - begun;
    return nanos <= 0 ? 0 : done * 1e9 / nanos;
  }
}
