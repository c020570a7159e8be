package com.techcorp.messaging;

import com.techcorp.error.WiringException;
import java.time.Duration;

/**
 * The relay's sizes and times. Immutable; each {@code with} method returns a changed copy.
 *
 * @param pollInterval how often the outbox is looked at for what was left there, and how soon an
 *     event that was not taken is offered again; default 250 ms
 * @param handOver whether what this process commits goes to the bus from memory, at once; default
 *     true. Without, every event waits for the next poll
 * @param batch events read and removed at once; twice as many streams are under way at the most;
 *     default 500
 * @param workers threads that publish, each one stream at a time; default 4
 * @param maxEvents the outbox is overfull with more events than this; default 1,000,000
 * @param maxAge the outbox is overfull when an event waits longer than this; default 24 h
 */
public record RelayOptions(
    Duration pollInterval,
    boolean handOver,
    int batch,
    int workers,
    long maxEvents,
    Duration maxAge) {
  /** The defaults named above. */
  public static final RelayOptions DEFAULT =
      new RelayOptions(Duration.ofMillis(250), true, 500, 4, 1_000_000, Duration.ofHours(24));

  /** Checks the values. */
  public RelayOptions {
    require(pollInterval.toMillis() >= 1, "pollInterval must be at least 1 ms");
    require(batch >= 1, "batch must be at least 1, was " + batch);
    require(workers >= 1, "workers must be at least 1, was " + workers);
    require(maxEvents >= 1, "maxEvents must be at least 1, was " + maxEvents);
    require(!maxAge.isNegative() && !maxAge.isZero(), "maxAge must be positive, was " + maxAge);
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new WiringException("relay: " + problem);
    }
  }

  /**
   * With another poll interval.
   *
   * @param interval at least 1 ms
   * @return a changed copy
   */
  public RelayOptions withPollInterval(Duration interval) {
    return new RelayOptions(interval, handOver, batch, workers, maxEvents, maxAge);
  }

  /**
   * With or without the hand-over from memory.
   *
   * @param fromMemory false: by polling only
   * @return a changed copy
   */
  public RelayOptions withHandOver(boolean fromMemory) {
    return new RelayOptions(pollInterval, fromMemory, batch, workers, maxEvents, maxAge);
  }

  /**
   * With another batch size.
   *
   * @param events at least 1
   * @return a changed copy
   */
  public RelayOptions withBatch(int events) {
    return new RelayOptions(pollInterval, handOver, events, workers, maxEvents, maxAge);
  }

  /**
   * With another number of publishing threads.
   *
   * @param threads at least 1
   * @return a changed copy
   */
  public RelayOptions withWorkers(int threads) {
    return new RelayOptions(pollInterval, handOver, batch, threads, maxEvents, maxAge);
  }

  /**
   * With other bounds of the outbox.
   *
   * @param events the most that may wait
   * @param age the longest that one may wait
   * @return a changed copy
   */
  public RelayOptions withBounds(long events, Duration age) {
    return new RelayOptions(pollInterval, handOver, batch, workers, events, age);
  }
}
