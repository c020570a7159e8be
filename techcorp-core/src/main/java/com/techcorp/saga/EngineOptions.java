package com.techcorp.saga;

import com.techcorp.error.Require;
import java.time.Duration;
import java.util.Objects;

/**
 * The sizes and times of the saga engine. Immutable: each {@code with} method returns a changed
 * copy.
 *
 * @param lease how long a node's lease lasts unless renewed; it is renewed three times as often.
 *     Default 5 s
 * @param pollInterval how often the storage is asked for what is due or was left. Default 250 ms
 * @param maxInFlight sagas that began here and that this process holds in memory at most; a start
 *     beyond it is {@link com.techcorp.error.OverloadedException}. Default 10,000
 * @param duePlaces places beside these that only due work has: retries, refunds, holds that expire,
 *     what another process left. Up to this many due sagas run at once, however many callers wait
 *     for a permit; under light load, due work also takes half of the free permits. Default 256
 * @param maxBatch write sets in one transaction at most. Default 256
 * @param commitThreads threads that commit batches, each with a connection. Default 2
 * @param placeTimeout how long a caller waits until what it starts is durable. Default 10 s
 * @param calls how remote calls run. Default {@link CallOptions#DEFAULT}
 * @param faults what is done about fatal errors, and how much is logged of faults. Default {@link
 *     FaultOptions#DEFAULT}
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

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public EngineOptions {
    Require.atLeast("EngineOptions.lease", lease, Duration.ofMillis(500));
    Require.atLeast("EngineOptions.pollInterval", pollInterval, Duration.ofMillis(1));
    Require.atLeast("EngineOptions.maxInFlight", maxInFlight, 1);
    Require.atLeast("EngineOptions.duePlaces", duePlaces, 1);
    Require.atLeast("EngineOptions.maxBatch", maxBatch, 1);
    Require.atLeast("EngineOptions.commitThreads", commitThreads, 1);
    Require.atLeast("EngineOptions.placeTimeout", placeTimeout, Duration.ofMillis(1));
    Objects.requireNonNull(calls, "calls");
    Objects.requireNonNull(faults, "faults");
  }

  /**
   * Changes how long a node's lease lasts unless renewed.
   *
   * @param lease at least 500 ms; default 5 s
   * @return a changed copy
   */
  public EngineOptions withLease(Duration lease) {
    return new EngineOptions(
        lease,
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
   * Changes how often the storage is asked for what is due or was left.
   *
   * @param pollInterval at least 1 ms; default 250 ms
   * @return a changed copy
   */
  public EngineOptions withPollInterval(Duration pollInterval) {
    return new EngineOptions(
        lease,
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
   * Changes how many sagas that began here this process holds in memory.
   *
   * @param maxInFlight sagas, at least 1; default 10,000
   * @return a changed copy
   */
  public EngineOptions withMaxInFlight(int maxInFlight) {
    return new EngineOptions(
        lease,
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
   * Changes how many places only due work has.
   *
   * @param duePlaces sagas, at least 1; default 256
   * @return a changed copy
   */
  public EngineOptions withDuePlaces(int duePlaces) {
    return new EngineOptions(
        lease,
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
   * Changes how many write sets one transaction takes.
   *
   * @param maxBatch write sets, at least 1; default 256
   * @return a changed copy
   */
  public EngineOptions withMaxBatch(int maxBatch) {
    return new EngineOptions(
        lease,
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
   * Changes how many threads commit batches; each holds a connection while it commits.
   *
   * @param commitThreads threads, at least 1; default 2
   * @return a changed copy
   */
  public EngineOptions withCommitThreads(int commitThreads) {
    return new EngineOptions(
        lease,
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
   * Changes how long a caller waits until what it starts is durable.
   *
   * @param placeTimeout at least 1 ms; default 10 s
   * @return a changed copy
   */
  public EngineOptions withPlaceTimeout(Duration placeTimeout) {
    return new EngineOptions(
        lease,
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
   * Changes how remote calls run.
   *
   * @param calls sizes, and the host's own executor; default {@link CallOptions#DEFAULT}
   * @return a changed copy
   */
  public EngineOptions withCalls(CallOptions calls) {
    return new EngineOptions(
        lease,
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
   * Changes what is done about fatal errors, and how much is logged of faults.
   *
   * @param faults restarts and log lines; default {@link FaultOptions#DEFAULT}
   * @return a changed copy
   */
  public EngineOptions withFaults(FaultOptions faults) {
    return new EngineOptions(
        lease,
        pollInterval,
        maxInFlight,
        duePlaces,
        maxBatch,
        commitThreads,
        placeTimeout,
        calls,
        faults);
  }
}
