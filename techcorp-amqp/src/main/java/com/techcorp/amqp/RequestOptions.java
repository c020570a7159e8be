package com.techcorp.amqp;

import com.techcorp.error.WiringException;
import java.time.Duration;

/**
 * Sizes and times of calls over RabbitMQ. Immutable.
 *
 * @param timeout how long a caller waits for the reply; a request that nobody took by then is
 *     dropped by the broker; default 5 s
 * @param maxInFlight calls of this process under way at the most; one more is {@link
 *     com.techcorp.error.OverloadedException}; default 256
 * @param handlers calls that a server works on at once; default 16
 */
public record RequestOptions(Duration timeout, int maxInFlight, int handlers) {
  /** The defaults named above. */
  public static final RequestOptions DEFAULT = new RequestOptions(Duration.ofSeconds(5), 256, 16);

  /** Checks the values. */
  public RequestOptions {
    require(timeout.toMillis() >= 1, "timeout must be at least 1 ms");
    require(maxInFlight >= 1, "maxInFlight must be at least 1, was " + maxInFlight);
    require(handlers >= 1 && handlers <= 65_535, "handlers must be 1 to 65535, was " + handlers);
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new WiringException("RabbitMQ: " + problem);
    }
  }

  /**
   * With another time-out.
   *
   * @param longest at least 1 ms
   * @return a changed copy
   */
  public RequestOptions withTimeout(Duration longest) {
    return new RequestOptions(longest, maxInFlight, handlers);
  }

  /**
   * With another bound of calls under way.
   *
   * @param calls at least 1
   * @return a changed copy
   */
  public RequestOptions withMaxInFlight(int calls) {
    return new RequestOptions(timeout, calls, handlers);
  }

  /**
   * With another number of calls that a server works on at once.
   *
   * @param threads 1 to 65535
   * @return a changed copy
   */
  public RequestOptions withHandlers(int threads) {
    return new RequestOptions(timeout, maxInFlight, threads);
  }
}
