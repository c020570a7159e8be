package com.techcorp.order;

import com.techcorp.error.WiringException;
import java.time.Duration;

/**
 * What becomes of an order that wants more of a product than there is. Immutable; each method
 * returns a changed copy. It concerns stock in the storage: an inventory elsewhere is asked after
 * the order is durable, so such an order is always recorded.
 *
 * @param recorded true: the order is recorded as CREATED and CANCELLED, and its outcome is {@link
 *     CancelReason.OutOfStock}; false: placing it throws {@link
 *     com.techcorp.error.SoldOutException} and writes nothing; default true
 * @param pace how long an answer from memory waits while the process is at work for others, so that
 *     a crowd which asks again at once leaves them their share; zero for not at all, at most 50 ms;
 *     default 50 ms
 */
public record SoldOutOptions(boolean recorded, Duration pace) {
  /** The longest that a refusal may wait. */
  public static final Duration LONGEST_PACE = Duration.ofMillis(50);

  /** The defaults named above. */
  public static final SoldOutOptions DEFAULT = new SoldOutOptions(true, LONGEST_PACE);

  /** Checks the values. */
  public SoldOutOptions {
    if (pace.isNegative() || pace.compareTo(LONGEST_PACE) > 0) {
      throw new WiringException("pace must be 0 to " + LONGEST_PACE + ", was " + pace);
    }
  }

  /**
   * With refused orders recorded or not.
   *
   * @param record true to record them as CANCELLED, false to throw {@link
   *     com.techcorp.error.SoldOutException}
   * @return a changed copy
   */
  public SoldOutOptions withRecorded(boolean record) {
    return new SoldOutOptions(record, pace);
  }

  /**
   * With another wait.
   *
   * @param wait 0 to 50 ms
   * @return a changed copy
   */
  public SoldOutOptions withPace(Duration wait) {
    return new SoldOutOptions(recorded, wait);
  }
}
