package com.techcorp.order;

import com.techcorp.error.WiringException;
import com.techcorp.retry.RetryPolicy;
import java.time.Duration;

/**
 * How an order deals with an inventory in another database. Without meaning where stock is in the
 * orders' own.
 *
 * @param callTimeout after which a call counts as unanswered; default 10 s
 * @param retry how a call is repeated, and how often an order looks for the inventory's answer by
 *     itself; giving back has this budget too, and is parked for an operator when it is spent;
 *     default 200 ms doubling to 30 s, 500 attempts: some four hours
 * @param reserveWithin how long a reservation may stay without an answer; then the order is
 *     cancelled, and what may be held is given back; default 2 minutes
 * @param confirmWithin how long after its payment an order waits for the inventory's answer; then
 *     it is asked to cancel, and what it says counts; default 2 minutes
 */
public record InventorySettings(
    Duration callTimeout, RetryPolicy retry, Duration reserveWithin, Duration confirmWithin) {
  /** The defaults named above. */
  public static final InventorySettings DEFAULT =
      new InventorySettings(
          Duration.ofSeconds(10),
          new RetryPolicy(Duration.ofMillis(200), Duration.ofSeconds(30), 500),
          Duration.ofMinutes(2),
          Duration.ofMinutes(2));

  /** Checks the values. */
  public InventorySettings {
    positive("callTimeout", callTimeout);
    positive("reserveWithin", reserveWithin);
    positive("confirmWithin", confirmWithin);
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new WiringException(name + " must be positive, was " + value);
    }
  }
}
