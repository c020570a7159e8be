package com.techcorp.saga.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.Threads;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs an alarm when a call's time has passed. Nearly all calls end long before, so the timer has
 * one task, for the earliest deadline: a task for each call would wake the timer's thread nearly
 * each time. Thread-safe.
 */
final class Deadlines implements AutoCloseable {
  private final Threads threads;
  private final FaultBoundary faults;
  private final ScheduledExecutorService timer;

  /** Guarded by this, like all that follows. */
  private final TreeSet<Deadline> set;

  private long count;
  private @Nullable Future<?> planned;
  private long plannedAt;

  /** A time at which an alarm runs, unless it is forgotten before. */
  static final class Deadline {
    private final long at;
    private final long number;
    private final Runnable alarm;

    private Deadline(long at, long number, Runnable alarm) {
      this.at = at;
      this.number = number;
      this.alarm = alarm;
    }
  }

  Deadlines(Threads threads, FaultBoundary faults) {
    this.threads = threads;
    this.faults = faults;
    this.timer = threads.timer("techcorp-deadlines", 1);
    // By the difference: what nanoTime gives may overflow.
    Comparator<Deadline> byTime = (one, other) -> Long.signum(one.at - other.at);
    this.set = new TreeSet<>(byTime.thenComparingLong(deadline -> deadline.number));
  }

  /**
   * Sets a deadline that rings once.
   *
   * @param alarm runs on the timer's thread, and must not wait
   */
  synchronized Deadline set(long nanos, Runnable alarm) {
    Deadline deadline = new Deadline(threads.nanoTime() + nanos, count++, alarm);
    set.add(deadline);
    if (planned == null || deadline.at - plannedAt < 0) {
      plan(set.first().at); // an earlier one, if a plan failed
    }
    return deadline;
  }

  /** Drops a deadline that is no longer needed. Its alarm may already be running. */
  synchronized void forget(Deadline deadline) {
    set.remove(deadline);
  }

  private void plan(long at) {
    Future<?> before = planned;
    planned = null; // so that the next call plans again if this fails
    if (before != null) {
      before.cancel(false);
    }
    plannedAt = at;
    long left = Math.max(0, at - threads.nanoTime());
    planned = timer.schedule(this::look, left, TimeUnit.NANOSECONDS);
  }

  private void look() {
    for (Deadline due = nextDue(); due != null; due = nextDue()) {
      faults.run(due.alarm);
    }
  }

  /** Takes a deadline that is due; if none is, plans the next look. */
  private synchronized @Nullable Deadline nextDue() {
    if (!set.isEmpty() && set.first().at - threads.nanoTime() <= 0) {
      return set.pollFirst();
    }
    if (set.isEmpty()) {
      planned = null;
    } else {
      plan(set.first().at);
    }
    return null;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
