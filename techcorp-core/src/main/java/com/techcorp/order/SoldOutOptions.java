package com.techcorp.order;

import com.techcorp.error.Require;
import java.time.Duration;

/**
 * Options for orders that ask for more of a product than is available. It concerns stock in the
 * storage: an inventory elsewhere is asked after the order is durable, so such an order is always
 * recorded. Immutable: each {@code with} method returns a changed copy.
 *
 * @param recorded true: the order is recorded as CREATED and CANCELLED, and its outcome is {@link
 *     CancelReason.OutOfStock}; false: placing it throws {@link
 *     com.techcorp.error.SoldOutException} and writes nothing. Default true
 * @param pace how long an answer from memory waits while the process is at work for others, so that
 *     a crowd which asks again at once leaves them their share. Default 50 ms
 */
public record SoldOutOptions(boolean recorded, Duration pace) {
  /** The longest that a refusal may wait: 50 ms. */
  public static final Duration LONGEST_PACE = Duration.ofMillis(50);

  /** The defaults named above. */
  public static final SoldOutOptions DEFAULT = new SoldOutOptions(true, LONGEST_PACE);

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public SoldOutOptions {
    Require.between("SoldOutOptions.pace", pace, Duration.ZERO, LONGEST_PACE);
  }

  /**
   * Changes whether refused orders are recorded.
   *
   * @param recorded true to record them as CANCELLED, false to throw {@link
   *     com.techcorp.error.SoldOutException}; default true
   * @return a changed copy
   */
  public SoldOutOptions withRecorded(boolean recorded) {
    return new SoldOutOptions(recorded, pace);
  }

  /**
   * Changes how long an answer from memory waits while the process is at work for others.
   *
   * @param pace 0 to 50 ms; zero for not at all; default 50 ms
   * @return a changed copy
   */
  public SoldOutOptions withPace(Duration pace) {
    return new SoldOutOptions(recorded, pace);
  }
}
