package com.techcorp.messaging.internal;

import com.techcorp.health.Finding;
import com.techcorp.health.HealthStatus;
import com.techcorp.messaging.Backlog;
import com.techcorp.messaging.Backlog.Waiting;
import com.techcorp.messaging.Subscription;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The bound of a consumer's backlog: what was measured last, and what this process has added since.
 * What came while the consumer was paused does not count. Guarded by the consumer's {@link
 * BacklogMoves}.
 */
final class BacklogBound {
  private final String consumer;
  private final long most;
  private final Supplier<Backlog> measure;
  private Backlog measured = Backlog.NONE;
  private long addedSince;

  BacklogBound(Subscription subscription, Supplier<Backlog> measure) {
    this.consumer = subscription.consumer();
    this.most = subscription.options().maxBacklog();
    this.measure = measure;
  }

  /** Adds events if there is room for them; false if there is none. */
  @SuppressWarnings("ReferenceEquality") // each measurement is an object of its own
  boolean takes(int more) {
    Backlog now = measure.get();
    if (now != measured) {
      measured = now;
      addedSince = 0;
    }
    Waiting waiting = now.consumers().get(consumer);
    if ((waiting == null ? 0 : counted(waiting)) + addedSince + more > most) {
      return false;
    }
    addedSince += more;
    return true;
  }

  private static long counted(Waiting waiting) {
    return waiting.events() - waiting.whilePaused();
  }

  /** Returns whether the backlog is at its bound. */
  Optional<Finding> finding() {
    Waiting waiting = measure.get().consumers().get(consumer);
    if (waiting == null || counted(waiting) < most) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
            "CONSUMER_BACKLOG_FULL",
            HealthStatus.DEGRADED,
            counted(waiting)
                + " events wait for consumer "
                + consumer
                + ", its bound is "
                + most
                + ": what it does not handle at once becomes a dead letter",
            waiting.age()));
  }
}
