package com.techcorp.saga.internal;

import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.Step;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time that a saga has in this process for each activity before it counts as stuck. Instants
 * are monotonic nanoseconds. Thread-safe.
 */
final class MoveTimes {
  private static final long NEVER = Long.MAX_VALUE / 4;

  private final Duration lease;
  private final Duration placeTimeout;
  private final LongSupplier nanoTime;

  MoveTimes(Duration lease, Duration placeTimeout, LongSupplier nanoTime) {
    this.lease = lease;
    this.placeTimeout = placeTimeout;
    this.nanoTime = nanoTime;
  }

  long now() {
    return nanoTime.getAsLong();
  }

  /** Returns the times of a saga that begins: until it is durable no process can take it. */
  Whereabouts arrival() {
    long now = now();
    return new Whereabouts(now + lease.toNanos(), now + NEVER);
  }

  /** Returns how long the callers of a start that arrives now wait. */
  long beginBy() {
    return now() + placeTimeout.toNanos();
  }

  /** A decision and its commit may take a lease: then the node counts as stuck anyway. */
  long leaseFrom(long instant) {
    return instant + lease.toNanos();
  }

  /** A call may take its time-out, and its alarm a moment more. */
  long callFrom(RemoteStep<?> step) {
    return now() + step.timeout().toNanos() + lease.toNanos() / 2;
  }

  /** Returns the time that the row gives a step whose commit begins or was begun. */
  long mayTake(Step<?> step) {
    return JournalEntries.moveWithin(step, lease).toNanos();
  }

  /**
   * Returns whether the row keeps other nodes away long enough to send a call; a claim or a commit
   * may have returned so late that another node has the saga by now.
   */
  boolean keepsOthersAway(Whereabouts saga) {
    return saga.moveBy() - now() > lease.toNanos() / 3;
  }
}
