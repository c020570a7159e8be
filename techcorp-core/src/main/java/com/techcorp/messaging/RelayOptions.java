package com.techcorp.messaging;

import com.techcorp.error.Require;
import java.time.Duration;

/**
 * The sizes and times of the relay, which takes events from the outbox to the bus. Immutable: each
 * {@code with} method returns a changed copy.
 *
 * @param pollInterval how often the outbox is looked at for what was left there, and how soon an
 *     event that was not taken is offered again. Default 250 ms
 * @param handOver whether what this process commits goes to the bus from memory, at once; without,
 *     every event waits for the next poll. Default true
 * @param batch events read and removed at once; twice as many streams are under way at the most.
 *     Default 500
 * @param threads threads that publish, each one stream at a time. Default 4
 * @param maxEvents the outbox is overfull with more events than this; then no order is accepted.
 *     Default 1,000,000
 * @param maxAge the outbox is overfull when an event waits longer than this. Default 24 h
 */
public record RelayOptions(
    Duration pollInterval,
    boolean handOver,
    int batch,
    int threads,
    long maxEvents,
    Duration maxAge) {
  /** The defaults named above. */
  public static final RelayOptions DEFAULT =
      new RelayOptions(Duration.ofMillis(250), true, 500, 4, 1_000_000, Duration.ofHours(24));

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public RelayOptions {
    Require.atLeast("RelayOptions.pollInterval", pollInterval, Duration.ofMillis(1));
    Require.atLeast("RelayOptions.batch", batch, 1);
    Require.atLeast("RelayOptions.threads", threads, 1);
    Require.atLeast("RelayOptions.maxEvents", maxEvents, 1);
    Require.positive("RelayOptions.maxAge", maxAge);
  }

  /**
   * Changes how often the outbox is looked at for what was left there.
   *
   * @param pollInterval at least 1 ms; default 250 ms
   * @return a changed copy
   */
  public RelayOptions withPollInterval(Duration pollInterval) {
    return new RelayOptions(pollInterval, handOver, batch, threads, maxEvents, maxAge);
  }

  /**
   * Changes whether what this process commits goes to the bus from memory, at once.
   *
   * @param handOver false: by polling only; default true
   * @return a changed copy
   */
  public RelayOptions withHandOver(boolean handOver) {
    return new RelayOptions(pollInterval, handOver, batch, threads, maxEvents, maxAge);
  }

  /**
   * Changes how many events are read and removed at once.
   *
   * @param batch events, at least 1; default 500
   * @return a changed copy
   */
  public RelayOptions withBatch(int batch) {
    return new RelayOptions(pollInterval, handOver, batch, threads, maxEvents, maxAge);
  }

  /**
   * Changes how many threads publish, each one stream at a time.
   *
   * @param threads threads, at least 1; default 4
   * @return a changed copy
   */
  public RelayOptions withThreads(int threads) {
    return new RelayOptions(pollInterval, handOver, batch, threads, maxEvents, maxAge);
  }

  /**
   * Changes with how many events the outbox is overfull.
   *
   * @param maxEvents events, at least 1; default 1,000,000
   * @return a changed copy
   */
  public RelayOptions withMaxEvents(long maxEvents) {
    return new RelayOptions(pollInterval, handOver, batch, threads, maxEvents, maxAge);
  }

  /**
   * Changes for how long an event may wait before the outbox is overfull.
   *
   * @param maxAge positive; default 24 h
   * @return a changed copy
   */
  public RelayOptions withMaxAge(Duration maxAge) {
    return new RelayOptions(pollInterval, handOver, batch, threads, maxEvents, maxAge);
  }
}
