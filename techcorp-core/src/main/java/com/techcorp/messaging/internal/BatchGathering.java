package com.techcorp.messaging.internal;

import com.techcorp.concurrent.Threads;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.Subscription.Batching;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Says when a batch that is not full is to go. A subscription to single events, or one whose
 * batches do not wait, always goes at once. Guarded by its {@link ConsumerQueues}.
 */
final class BatchGathering {
  private final int maxEvents;
  private final long maxWait;
  private final Threads threads;
  private final ScheduledExecutorService clock;
  private final Runnable onTime;
  private boolean planned;

  /**
   * @param onTime called without the lane's lock when the time of a batch has come
   */
  BatchGathering(
      Subscription subscription, Threads threads, ScheduledExecutorService clock, Runnable onTime) {
    Batching batching = subscription.batching();
    this.maxEvents = subscription.maxEvents();
    this.maxWait = batching == null ? 0 : batching.options().maxWait().toNanos();
    this.threads = threads;
    this.clock = clock;
    this.onTime = onTime;
  }

  /** Returns how long an event may wait for others. */
  Duration maxWait() {
    return Duration.ofNanos(maxWait);
  }

  /** Returns whether the queues that wait are to go now; if not, they go when their time comes. */
  boolean goes(ReadyQueues ready) {
    if (maxWait == 0 || ready.size() >= maxEvents) {
      return true;
    }
    long left = maxWait - (threads.nanoTime() - ready.firstSince());
    if (left > 0 && !planned) {
      planned = true;
      clock.schedule(onTime, left, TimeUnit.NANOSECONDS);
    }
    return left <= 0;
  }

  /** The time that was planned has come. */
  void timeHasCome() {
    planned = false;
  }
}
