package com.techcorp.order;

import com.techcorp.error.Require;
import java.time.Duration;
import java.util.Objects;

/**
 * Options for orders that ask for more of a product than is available. An order whose stock is in
 * an inventory elsewhere is asked for there after it is durable. So it is recorded, unless counters
 * are wired and have it refused from memory. Immutable: each {@code with} method returns a changed
 * copy.
 *
 * @param answer what the caller gets. Default {@link Answer#BY_COUNTERS}
 * @param pace how long an answer from memory waits while the process is at work for others, so that
 *     a crowd which asks again at once leaves them their share. Default 50 ms
 */
public record SoldOutOptions(Answer answer, Duration pace) {
  /** What becomes of an order that asks for more than is available. */
  public enum Answer {
    /**
     * {@link #THROWN} if {@code TechCorp.builder().counters(…)} is given, else {@link #RECORDED}.
     */
    BY_COUNTERS,
    /**
     * The order is recorded as CREATED and CANCELLED, and its outcome is {@link
     * CancelReason.OutOfStock}.
     */
    RECORDED,
    /** Placing it throws {@link com.techcorp.error.SoldOutException} and writes nothing. */
    THROWN
  }

  /** The longest that a refusal may wait: 50 ms. */
  public static final Duration LONGEST_PACE = Duration.ofMillis(50);

  /** The defaults named above. */
  public static final SoldOutOptions DEFAULT = new SoldOutOptions(Answer.BY_COUNTERS, LONGEST_PACE);

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public SoldOutOptions {
    Objects.requireNonNull(answer, "answer");
    Require.between("SoldOutOptions.pace", pace, Duration.ZERO, LONGEST_PACE);
  }

  /**
   * Changes what the caller of a refused order gets.
   *
   * @param answer recorded or thrown; default {@link Answer#BY_COUNTERS}
   * @return a changed copy
   */
  public SoldOutOptions withAnswer(Answer answer) {
    return new SoldOutOptions(answer, pace);
  }

  /**
   * Changes whether refused orders are recorded.
   *
   * @param recorded true for {@link Answer#RECORDED}, false for {@link Answer#THROWN}; default
   *     {@link Answer#BY_COUNTERS}
   * @return a changed copy
   */
  public SoldOutOptions withRecorded(boolean recorded) {
    return withAnswer(recorded ? Answer.RECORDED : Answer.THROWN);
  }

  /**
   * Changes how long an answer from memory waits while the process is at work for others.
   *
   * @param pace 0 to 50 ms; zero for not at all; default 50 ms
   * @return a changed copy
   */
  public SoldOutOptions withPace(Duration pace) {
    return new SoldOutOptions(answer, pace);
  }

  /**
   * Returns whether refused orders are recorded.
   *
   * @param counters whether counters are wired
   * @return false: placing one throws {@link com.techcorp.error.SoldOutException}
   */
  public boolean isRecorded(boolean counters) {
    return answer == Answer.RECORDED || (answer == Answer.BY_COUNTERS && !counters);
  }
}
