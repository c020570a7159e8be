package com.techcorp.error;

import java.util.UUID;

/**
 * An event came to a consumer that needs order before the one in front of it. Nothing was written;
 * the bus offers it again. If the missing one is a dead letter, it has to be replayed first; if it
 * was published before the consumer existed, the order's events have to be sent again.
 */
public class HeldBack extends TechCorpException {
  private static final long serialVersionUID = 1L;

  private final UUID orderId;
  private final int sequence;
  private final int missing;

  /**
   * Names what is missing.
   *
   * @param consumer the consumer's name
   * @param orderId the order
   * @param sequence the event that came
   * @param missing the sequence of the event that has to come first
   */
  public HeldBack(String consumer, UUID orderId, int sequence, int missing) {
    super(
        String.format(
            "event %d of order %s waits until %s has had event %d",
            sequence, orderId, consumer, missing),
        null);
    this.orderId = orderId;
    this.sequence = sequence;
    this.missing = missing;
  }

  /**
   * Whose event it is.
   *
   * @return the order
   */
  public UUID orderId() {
    return orderId;
  }

  /**
   * Which event came.
   *
   * @return its sequence
   */
  public int sequence() {
    return sequence;
  }

  /**
   * Which event has to come first.
   *
   * @return its sequence
   */
  public int missing() {
    return missing;
  }
}
