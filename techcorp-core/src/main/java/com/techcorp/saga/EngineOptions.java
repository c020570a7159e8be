package com.techcorp.saga;

import com.techcorp.error.WiringError;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The engine's sizes and times. Immutable; each method returns a changed copy.
 *
 * @param lease how long a node's lease lasts unless renewed (it is renewed three times as often);
 *     default 5 s
 * @param pollInterval how often the storage is asked for what is due or was left; default 250 ms
 * @param maxInFlight sagas this process holds in memory at most; a start beyond it is {@link
 *     com.techcorp.error.Overloaded}; default 10,000
 * @param maxBatch works in one transaction at most; default 256
 * @param laneWorkers threads (and connections) that commit batches; default 2
 * @param maxRemoteCalls remote calls at once on the engine's own threads; default 256
 * @param remoteExecutor runs remote calls instead of the engine's own threads; null: its own
 */
public record EngineOptions(
    Duration lease,
    Duration pollInterval,
    int maxInFlight,
    int maxBatch,
    int laneWorkers,
    int maxRemoteCalls,
    @Nullable Executor remoteExecutor) {
  /** The defaults named above. */
  public static final EngineOptions DEFAULT =
      new EngineOptions(Duration.ofSeconds(5), Duration.ofMillis(250), 10_000, 256, 2, 256, null);

  /** Checks the values. */
  public EngineOptions {
    atLeast("lease", lease.toMillis(), 500);
    atLeast("pollInterval", pollInterval.toMillis(), 1);
    atLeast("maxInFlight", maxInFlight, 1);
    atLeast("maxBatch", maxBatch, 1);
    atLeast("laneWorkers", laneWorkers, 1);
    atLeast("maxRemoteCalls", maxRemoteCalls, 1);
  }

  private static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw new WiringError(name + " must be at least " + least + ", was " + value);
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
        duration, pollInterval, maxInFlight, maxBatch, laneWorkers, maxRemoteCalls, remoteExecutor);
  }

  /**
   * With another poll interval.
   *
   * @param interval at least 1 ms
   * @return a changed copy
   */
  public EngineOptions pollInterval(Duration interval) {
    return new EngineOptions(
        lease, interval, maxInFlight, maxBatch, laneWorkers, maxRemoteCalls, remoteExecutor);
  }

  /**
   * With another bound of sagas in memory.
   *
   * @param sagas at least 1
   * @return a changed copy
   */
  public EngineOptions maxInFlight(int sagas) {
    return new EngineOptions(
        lease, pollInterval, sagas, maxBatch, laneWorkers, maxRemoteCalls, remoteExecutor);
  }

  /**
   * With another bound of a batch.
   *
   * @param works at least 1
   * @return a changed copy
   */
  public EngineOptions maxBatch(int works) {
    return new EngineOptions(
        lease, pollInterval, maxInFlight, works, laneWorkers, maxRemoteCalls, remoteExecutor);
  }

  /**
   * With another number of committing threads.
   *
   * @param workers at least 1
   * @return a changed copy
   */
  public EngineOptions laneWorkers(int workers) {
    return new EngineOptions(
        lease, pollInterval, maxInFlight, maxBatch, workers, maxRemoteCalls, remoteExecutor);
  }

  /**
   * With the host's own executor for remote calls, such as one of virtual threads.
   *
   * @param executor runs calls; must not run them on the calling thread
   * @return a changed copy
   */
  public EngineOptions remoteExecutor(Executor executor) {
    return new EngineOptions(
        lease, pollInterval, maxInFlight, maxBatch, laneWorkers, maxRemoteCalls, executor);
  }
}
