package com.techcorp.order;

import com.techcorp.error.Require;
import com.techcorp.retry.RetryPolicy;
import java.time.Duration;
import java.util.Objects;

/**
 * How an order deals with an inventory in another database. It has no effect where stock is in the
 * orders' own. Immutable: each {@code with} method returns a changed copy.
 *
 * @param callTimeout after which a call counts as unanswered. Default 10 s
 * @param retry how a call is repeated, and how often an order looks for the inventory's answer by
 *     itself; giving back has this budget too, and is parked for an operator when it is spent.
 *     Default 200 ms doubling to 30 s, 500 attempts: some four hours
 * @param reserveWithin how long a reservation may stay without an answer; then the order is
 *     cancelled, and what may be held is given back. Default 2 minutes
 * @param confirmWithin how long after its payment an order waits for the inventory's answer; then
 *     it is asked to cancel, and what it says counts. Default 2 minutes
 */
public record InventoryOptions(
    Duration callTimeout, RetryPolicy retry, Duration reserveWithin, Duration confirmWithin) {
  /** The defaults named above. */
  public static final InventoryOptions DEFAULT =
      new InventoryOptions(
          Duration.ofSeconds(10),
          RetryPolicy.DEFAULT.withAttempts(500),
          Duration.ofMinutes(2),
          Duration.ofMinutes(2));

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public InventoryOptions {
    Require.positive("InventoryOptions.callTimeout", callTimeout);
    Require.positive("InventoryOptions.reserveWithin", reserveWithin);
    Require.positive("InventoryOptions.confirmWithin", confirmWithin);
    Objects.requireNonNull(retry, "retry");
  }

  /**
   * Changes after which time a call counts as unanswered.
   *
   * @param callTimeout positive; default 10 s
   * @return a changed copy
   */
  public InventoryOptions withCallTimeout(Duration callTimeout) {
    return new InventoryOptions(callTimeout, retry, reserveWithin, confirmWithin);
  }

  /**
   * Changes how a call is repeated, and how often an order looks for the inventory's answer.
   *
   * @param retry waits and attempts; default 200 ms doubling to 30 s, 500 attempts
   * @return a changed copy
   */
  public InventoryOptions withRetry(RetryPolicy retry) {
    return new InventoryOptions(callTimeout, retry, reserveWithin, confirmWithin);
  }

  /**
   * Changes how long a reservation may stay without an answer before the order is cancelled.
   *
   * @param reserveWithin positive; default 2 minutes
   * @return a changed copy
   */
  public InventoryOptions withReserveWithin(Duration reserveWithin) {
    return new InventoryOptions(callTimeout, retry, reserveWithin, confirmWithin);
  }

  /**
   * Changes how long after its payment an order waits for the inventory's answer.
   *
   * @param confirmWithin positive; default 2 minutes
   * @return a changed copy
   */
  public InventoryOptions withConfirmWithin(Duration confirmWithin) {
    return new InventoryOptions(callTimeout, retry, reserveWithin, confirmWithin);
  }
}
