package com.techcorp.messaging;

import com.techcorp.InProcessEventBus;
import com.techcorp.error.WiringException;
import java.time.Duration;

/**
 * How one consumer of an {@link InProcessEventBus} is served: what it may take of the process, so
 * that it takes nothing of others. Immutable; each {@code with} method returns a changed copy.
 *
 * @param timeout how long the consumer may take for one event; then its thread is interrupted, the
 *     event moves to the consumer's backlog, and later events of that stream wait until the call
 *     has returned. If it has not returned after as long again, they become dead letters. Default 3
 *     minutes
 * @param threads calls at once; as many again replace threads whose call took too long. Default 4
 * @param maxWaiting streams that wait in memory for a thread; beyond it, events move to the
 *     backlog. Default 512, half of what the relay has under way by default
 * @param maxWait how long an event waits in memory for a thread before it moves to the backlog;
 *     default 1 s
 * @param maxBacklog events in the consumer's backlog; beyond it, events become dead letters. What
 *     many processes add within a second may exceed it. Default 100,000
 */
public record ConsumerOptions(
    Duration timeout, int threads, int maxWaiting, Duration maxWait, long maxBacklog) {
  /** The defaults named above. */
  public static final ConsumerOptions DEFAULT =
      new ConsumerOptions(Duration.ofMinutes(3), 4, 512, Duration.ofSeconds(1), 100_000);

  /** Checks the values. */
  public ConsumerOptions {
    require(timeout.toMillis() >= 1, "timeout must be at least 1 ms, was " + timeout);
    require(threads >= 1, "threads must be at least 1, was " + threads);
    require(maxWaiting >= 1, "maxWaiting must be at least 1, was " + maxWaiting);
    require(maxWait.toMillis() >= 1, "maxWait must be at least 1 ms, was " + maxWait);
    require(maxBacklog >= 0, "maxBacklog must not be negative, was " + maxBacklog);
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new WiringException("consumer: " + problem);
    }
  }

  /**
   * With another time-out.
   *
   * @param limit for one event, at least 1 ms
   * @return a changed copy
   */
  public ConsumerOptions withTimeout(Duration limit) {
    return new ConsumerOptions(limit, threads, maxWaiting, maxWait, maxBacklog);
  }

  /**
   * With another number of threads.
   *
   * @param calls at once, at least 1
   * @return a changed copy
   */
  public ConsumerOptions withThreads(int calls) {
    return new ConsumerOptions(timeout, calls, maxWaiting, maxWait, maxBacklog);
  }

  /**
   * With other bounds of what waits in memory.
   *
   * @param streams at the most, at least 1
   * @param longest how long one waits, at least 1 ms
   * @return a changed copy
   */
  public ConsumerOptions withWaiting(int streams, Duration longest) {
    return new ConsumerOptions(timeout, threads, streams, longest, maxBacklog);
  }

  /**
   * With another bound of the backlog.
   *
   * @param events at the most; 0: what is not handled at once becomes a dead letter
   * @return a changed copy
   */
  public ConsumerOptions withMaxBacklog(long events) {
    return new ConsumerOptions(timeout, threads, maxWaiting, maxWait, events);
  }
}
