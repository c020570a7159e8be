package com.techcorp.saga.internal;

import com.techcorp.health.Finding;
import com.techcorp.health.HealthStatus;
import com.techcorp.saga.FaultOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How often a node started again after a fatal error, and whether it may once more. Thread-safe.
 */
final class Restarts {
  private final FaultOptions options;
  private final LongSupplier nanoTime;
  private final Deque<Long> recent = new ArrayDeque<>();
  private long count;
  private boolean down;
  private long downSince;

  Restarts(FaultOptions options, LongSupplier nanoTime) {
    this.options = options;
    this.nanoTime = nanoTime;
  }

  /** Counts one more; false: it was one too many, and the node stays down. */
  synchronized boolean again() {
    long now = nanoTime.getAsLong();
    long horizon = now - options.restartWindow().toNanos();
    recent.removeIf(at -> at - horizon < 0);
    if (!down && recent.size() >= options.maxRestarts()) {
      down = true;
      downSince = now;
    }
    if (down) {
      return false;
    }
    recent.addLast(now);
    count++;
    return true;
  }

  synchronized boolean isDown() {
    return down;
  }

  synchronized long count() {
    return count;
  }

  synchronized List<Finding> findings() {
    if (!down) {
      return List.of();
    }
    return List.of(
        Finding.of(
            "NODE_DOWN",
            HealthStatus.DOWN,
            "after " + this + " and one more fatal error this process takes no orders: restart it",
            Duration.ofNanos(nanoTime.getAsLong() - downSince)));
  }

  @Override
  public String toString() {
    return options.maxRestarts() + " restarts within " + options.restartWindow();
  }
}
