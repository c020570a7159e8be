package com.techcorp.messaging;

import com.techcorp.InProcessEventBus;
import com.techcorp.error.Require;
import java.time.Duration;

/**
 * How one consumer of an {@link InProcessEventBus} is served: what it may take of the process, so
 * that it takes nothing of others. Immutable: each {@code with} method returns a changed copy.
 *
 * @param timeout how long the consumer may take for one event; then its thread is interrupted, the
 *     event moves to the consumer's backlog, and later events of that stream wait until the call
 *     has returned. If it has not returned after as long again, they become dead letters. Default 3
 *     minutes
 * @param threads calls at once; as many again replace threads whose call took too long. Default 4
 * @param maxWaiting streams that wait in memory for a thread; beyond it, events move to the
 *     backlog. Default 512, half of what the relay has under way by default
 * @param maxWait how long an event waits in memory for a thread before it moves to the backlog.
 *     Default 1 s
 * @param maxBacklog events in the consumer's backlog; beyond it, events become dead letters. What
 *     many processes add within a second may exceed it. Default 100,000
 */
public record ConsumerOptions(
    Duration timeout, int threads, int maxWaiting, Duration maxWait, long maxBacklog) {
  /** The defaults named above. */
  public static final ConsumerOptions DEFAULT =
      new ConsumerOptions(Duration.ofMinutes(3), 4, 512, Duration.ofSeconds(1), 100_000);

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public ConsumerOptions {
    Require.atLeast("ConsumerOptions.timeout", timeout, Duration.ofMillis(1));
    Require.atLeast("ConsumerOptions.threads", threads, 1);
    Require.atLeast("ConsumerOptions.maxWaiting", maxWaiting, 1);
    Require.atLeast("ConsumerOptions.maxWait", maxWait, Duration.ofMillis(1));
    Require.atLeast("ConsumerOptions.maxBacklog", maxBacklog, 0);
  }

  /**
   * Changes how long the consumer may take for one event.
   *
   * @param timeout at least 1 ms; default 3 minutes
   * @return a changed copy
   */
  public ConsumerOptions withTimeout(Duration timeout) {
    return new ConsumerOptions(timeout, threads, maxWaiting, maxWait, maxBacklog);
  }

  /**
   * Changes how many calls run at once.
   *
   * @param threads threads, at least 1; default 4
   * @return a changed copy
   */
  public ConsumerOptions withThreads(int threads) {
    return new ConsumerOptions(timeout, threads, maxWaiting, maxWait, maxBacklog);
  }

  /**
   * Changes how many streams wait in memory for a thread.
   *
   * @param maxWaiting streams, at least 1; default 512
   * @return a changed copy
   */
  public ConsumerOptions withMaxWaiting(int maxWaiting) {
    return new ConsumerOptions(timeout, threads, maxWaiting, maxWait, maxBacklog);
  }

  /**
   * Changes how long an event waits in memory for a thread.
   *
   * @param maxWait at least 1 ms; default 1 s
   * @return a changed copy
   */
  public ConsumerOptions withMaxWait(Duration maxWait) {
    return new ConsumerOptions(timeout, threads, maxWaiting, maxWait, maxBacklog);
  }

  /**
   * Changes how many events the consumer's backlog takes.
   *
   * @param maxBacklog events, at least 0; with 0, what is not handled at once becomes a dead
   *     letter; default 100,000
   * @return a changed copy
   */
  public ConsumerOptions withMaxBacklog(long maxBacklog) {
    return new ConsumerOptions(timeout, threads, maxWaiting, maxWait, maxBacklog);
  }
}
