package com.techcorp.messaging;

import com.techcorp.error.WiringError;
import java.time.Duration;

/**
 * The relay's sizes and times. Immutable; each {@code with} method returns a changed copy.
 *
 * @param lease how long the relay may be silent before another process takes over; default 5 s, at
 *     least 300 ms
 * @param pollInterval how often the outbox is looked at when nothing wakes the relay, and how soon
 *     an event that was not taken is offered again; default 250 ms, at most a third of the lease
 * @param batch events read and removed at once; default 500
 * @param workers threads that publish, each one order at a time; default 4
 * @param maxEvents the outbox is overfull with more events than this; default 1,000,000
 * @param maxAge the outbox is overfull when an event waits longer than this; default 24 h
 */
public record RelayOptions(
    Duration lease,
    Duration pollInterval,
    int batch,
    int workers,
    long maxEvents,
    Duration maxAge) {
  /** The defaults named above. */
  public static final RelayOptions DEFAULT =
      new RelayOptions(
          Duration.ofSeconds(5), Duration.ofMillis(250), 500, 4, 1_000_000, Duration.ofHours(24));

  /** Checks the values. */
  public RelayOptions {
    require(lease.toMillis() >= 300, "lease must be at least 300 ms, was " + lease);
    require(pollInterval.toMillis() >= 1, "pollInterval must be at least 1 ms");
    require(
        pollInterval.multipliedBy(3).compareTo(lease) <= 0,
        "pollInterval must be at most a third of the lease, was " + pollInterval);
    require(batch >= 1, "batch must be at least 1, was " + batch);
    require(workers >= 1, "workers must be at least 1, was " + workers);
    require(maxEvents >= 1, "maxEvents must be at least 1, was " + maxEvents);
    require(!maxAge.isNegative() && !maxAge.isZero(), "maxAge must be positive, was " + maxAge);
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new WiringError("relay: " + problem);
    }
  }

  /**
   * With another lease and poll interval.
   *
   * @param duration the lease, at least 300 ms
   * @param interval the poll interval, at most a third of the lease
   * @return a changed copy
   */
  public RelayOptions withTimes(Duration duration, Duration interval) {
    return new RelayOptions(duration, interval, batch, workers, maxEvents, maxAge);
  }

  /**
   * With another batch size.
   *
   * @param events at least 1
   * @return a changed copy
   */
  public RelayOptions withBatch(int events) {
    return new RelayOptions(lease, pollInterval, events, workers, maxEvents, maxAge);
  }

  /**
   * With another number of publishing threads.
   *
   * @param threads at least 1
   * @return a changed copy
   */
  public RelayOptions withWorkers(int threads) {
    return new RelayOptions(lease, pollInterval, batch, threads, maxEvents, maxAge);
  }

  /**
   * With other bounds of the outbox.
   *
   * @param events the most that may wait
   * @param age the longest that one may wait
   * @return a changed copy
   */
  public RelayOptions withBounds(long events, Duration age) {
    return new RelayOptions(lease, pollInterval, batch, workers, events, age);
  }
}
