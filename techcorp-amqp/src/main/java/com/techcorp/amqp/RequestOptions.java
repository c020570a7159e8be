package com.techcorp.amqp;

import com.techcorp.error.Require;
import java.time.Duration;

/**
 * The sizes and times of calls over RabbitMQ. Immutable: each {@code with} method returns a changed
 * copy.
 *
 * @param timeout how long a caller waits for the reply; the broker drops a request that was not
 *     taken by then. Default 5 s
 * @param maxInFlight calls of this process under way at the most; one more is {@link
 *     com.techcorp.error.OverloadedException}. Default 256
 * @param handlers calls that a server works on at once. Default 16
 */
public record RequestOptions(Duration timeout, int maxInFlight, int handlers) {
  /** The defaults named above. */
  public static final RequestOptions DEFAULT = new RequestOptions(Duration.ofSeconds(5), 256, 16);

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public RequestOptions {
    Require.atLeast("RequestOptions.timeout", timeout, Duration.ofMillis(1));
    Require.atLeast("RequestOptions.maxInFlight", maxInFlight, 1);
    Require.between("RequestOptions.handlers", handlers, 1, 65_535);
  }

  /**
   * Changes how long a caller waits for the reply.
   *
   * @param timeout at least 1 ms; default 5 s
   * @return a changed copy
   */
  public RequestOptions withTimeout(Duration timeout) {
    return new RequestOptions(timeout, maxInFlight, handlers);
  }

  /**
   * Changes how many calls of this process are under way at the most.
   *
   * @param maxInFlight calls, at least 1; default 256
   * @return a changed copy
   */
  public RequestOptions withMaxInFlight(int maxInFlight) {
    return new RequestOptions(timeout, maxInFlight, handlers);
  }

  /**
   * Changes how many calls a server works on at once.
   *
   * @param handlers calls, 1 to 65535; default 16
   * @return a changed copy
   */
  public RequestOptions withHandlers(int handlers) {
    return new RequestOptions(timeout, maxInFlight, handlers);
  }
}
