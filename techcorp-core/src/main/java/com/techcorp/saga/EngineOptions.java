package com.techcorp.saga;

import com.techcorp.error.WiringException;
import java.time.Duration;

/**
 * The engine's sizes and times. Immutable; each method returns a changed copy.
 *
 * @param lease how long a node's lease lasts unless renewed (it is renewed three times as often);
 *     default 5 s
 * @param pollInterval how often the storage is asked for what is due or was left; default 250 ms
 * @param maxInFlight sagas that began here and that this process holds in memory at most; a start
 *     beyond it is {@link com.techcorp.error.OverloadedException}; default 10,000
 * @param duePlaces places beside these that only due work has: retries, refunds, holds that expire,
 *     what another process left. However many callers wait for each place that frees, so many due
 *     sagas are under way at once; while few begin, due work takes half of what is free as well;
 *     default 256
 * @param maxBatch works in one transaction at most; default 256
 * @param commitThreads threads (and connections) that commit batches; default 2
 * @param placeTimeout how long a caller waits until what it starts is durable; default 10 s
 * @param calls how remote calls run
 * @param faults what is done about fatal errors, and how much is logged of faults
 */
public record EngineOptions(
    Duration lease,
    Duration pollInterval,
    int maxInFlight,
    int duePlaces,
    int maxBatch,
    int commitThreads,
    Duration placeTimeout,
    CallOptions calls,
    FaultOptions faults) {
  /** The defaults named above. */
  public static final EngineOptions DEFAULT =
      new EngineOptions(
          Duration.ofSeconds(5),
          Duration.ofMillis(250),
          10_000,
          256,
          256,
          2,
          Duration.ofSeconds(10),
          CallOptions.DEFAULT,
          FaultOptions.DEFAULT);

  /** Checks the values. */
  public EngineOptions {
    atLeast("lease", lease.toMillis(), 500);
    atLeast("pollInterval", pollInterval.toMillis(), 1);
    atLeast("maxInFlight", maxInFlight, 1);
    atLeast("duePlaces", duePlaces, 1);
    atLeast("maxBatch", maxBatch, 1);
    atLeast("commitThreads", commitThreads, 1);
    atLeast("placeTimeout", placeTimeout.toMillis(), 1);
  }

  private static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw new WiringException(name + " must be at least " + least + ", was " + value);
    }
  }

  /**
   * With another lease.
   *
   * @param duration at least 500 ms
   * @return a changed copy
   */
  public EngineOptions lease(Duration duration) {
    return new EngineOptions(
        duration,
        pollInterval,
        maxInFlight,
        duePlaces,
        maxBatch,
        commitThreads,
        placeTimeout,
        calls,
        faults);
  }

  /**
   * With another poll interval.
   *
   * @param interval at least 1 ms
   * @return a changed copy
   */
  public EngineOptions pollInterval(Duration interval) {
    return new EngineOptions(
        lease,
        interval,
        maxInFlight,
        duePlaces,
        maxBatch,
        commitThreads,
        placeTimeout,
        calls,
        faults);
  }

  /**
   * With another bound of sagas that begin here.
   *
   * @param sagas at least 1
   * @return a changed copy
   */
  public EngineOptions maxInFlight(int sagas) {
    return new EngineOptions(
        lease,
        pollInterval,
        sagas,
        duePlaces,
        maxBatch,
        commitThreads,
        placeTimeout,
        calls,
        faults);
  }

  /**
   * With another number of places for due work alone.
   *
   * @param sagas at least 1
   * @return a changed copy
   */
  public EngineOptions withDuePlaces(int sagas) {
    return new EngineOptions(
        lease,
        pollInterval,
        maxInFlight,
        sagas,
        maxBatch,
        commitThreads,
        placeTimeout,
        calls,
        faults);
  }

  /**
   * With another bound of a batch.
   *
   * @param works at least 1
   * @return a changed copy
   */
  public EngineOptions maxBatch(int works) {
    return new EngineOptions(
        lease,
        pollInterval,
        maxInFlight,
        duePlaces,
        works,
        commitThreads,
        placeTimeout,
        calls,
        faults);
  }

  /**
   * With another number of committing threads.
   *
   * @param workers at least 1
   * @return a changed copy
   */
  public EngineOptions commitThreads(int workers) {
    return new EngineOptions(
        lease,
        pollInterval,
        maxInFlight,
        duePlaces,
        maxBatch,
        workers,
        placeTimeout,
        calls,
        faults);
  }

  /**
   * With another limit for callers that wait until what they start is durable.
   *
   * @param limit at least 1 ms
   * @return a changed copy
   */
  public EngineOptions withPlaceTimeout(Duration limit) {
    return new EngineOptions(
        lease, pollInterval, maxInFlight, duePlaces, maxBatch, commitThreads, limit, calls, faults);
  }

  /**
   * With other options for remote calls.
   *
   * @param options sizes, and the host's own executor
   * @return a changed copy
   */
  public EngineOptions withCalls(CallOptions options) {
    return new EngineOptions(
        lease,
        pollInterval,
        maxInFlight,
        duePlaces,
        maxBatch,
        commitThreads,
        placeTimeout,
        options,
        faults);
  }

  /**
   * With other options for faults.
   *
   * @param options restarts and log lines
   * @return a changed copy
   */
  public EngineOptions withFaults(FaultOptions options) {
    return new EngineOptions(
        lease,
        pollInterval,
        maxInFlight,
        duePlaces,
        maxBatch,
        commitThreads,
        placeTimeout,
        calls,
        options);
  }
}
