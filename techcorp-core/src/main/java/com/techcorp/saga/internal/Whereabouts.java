package com.techcorp.saga.internal;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The place of a saga in this process, and the time until which it may stay there; monotonic
 * nanoseconds. Written by the threads that drive the saga, read by the {@link Watchdog}.
 */
final class Whereabouts {
  /** A place, and the time until which the saga may stay there. */
  private record Stay(String what, String step, long until, @Nullable Thread thread) {}

  private volatile Stay stay;
  private volatile long moveBy;

  /**
   * A saga that begins or was claimed.
   *
   * @param until how long its next step may take to be decided and committed
   * @param moveBy not later than what its row says, or will say
   */
  Whereabouts(long until, long moveBy) {
    this.stay = new Stay("at", "its beginning", until, Thread.currentThread());
    this.moveBy = moveBy;
  }

  /** Records that the saga is on this thread, which may run the host's code. */
  void isAt(String what, String step, long until) {
    stay = new Stay(what, step, until, Thread.currentThread());
  }

  /** The saga waits for a thread, a batch or a heartbeat. */
  void waitsFor(String what, String step, long until) {
    stay = new Stay(what, step, until, null);
  }

  /** Its row says so from now on, or a little later. */
  void moveBy(long instant) {
    moveBy = instant;
  }

  long moveBy() {
    return moveBy;
  }

  /** Returns whether all of its time is over: this process's own for the place, and the row's. */
  boolean isStuck(long now) {
    return now - stay.until() > 0 && now - moveBy > 0;
  }

  /** Returns whether it may still be where it is when the time of its row is over. */
  boolean needsTime(long now, long margin) {
    return now - stay.until() <= 0 && moveBy - now < margin;
  }

  /** Returns how long it has been longer at its place than it may. */
  long overdueNanos(long now) {
    return now - stay.until();
  }

  long until() {
    return stay.until();
  }

  String place() {
    Stay now = stay;
    return now.what() + " " + now.step();
  }

  @Nullable String thread() {
    Thread thread = stay.thread();
    return thread == null ? null : thread.getName();
  }

  String tell(long now) {
    String on = thread() == null ? "" : ", on thread " + thread();
    long left = stay.until() - now;
    String time =
        left > 0
            ? ", and may be for " + seconds(left) + " s more"
            : ", for " + seconds(-left) + " s longer than it may";
    return "In this process it is " + place() + on + time + ".";
  }

  private static long seconds(long nanos) {
    return TimeUnit.NANOSECONDS.toSeconds(nanos);
  }
}
