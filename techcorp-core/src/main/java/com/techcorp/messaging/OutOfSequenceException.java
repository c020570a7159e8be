package com.techcorp.messaging;

import com.techcorp.error.TechCorpException;
import java.util.Objects;

/**
 * An event came to a {@link StreamConsumer} before the one in front of it. Nothing was written; the
 * bus offers it again. If the missing one is a dead letter, it has to be replayed first; if it was
 * published before the consumer existed, the stream's events have to be sent again.
 */
public class OutOfSequenceException extends TechCorpException {
  private static final long serialVersionUID = 1L;

  private final EventStream stream;
  private final int sequence;
  private final int missing;

  /**
   * Names what is missing.
   *
   * @param consumer the consumer's name
   * @param stream whose event came
   * @param sequence the event that came
   * @param missing the sequence of the event that has to come first
   */
  public OutOfSequenceException(String consumer, EventStream stream, int sequence, int missing) {
    super(
        String.format(
            "event %d of %s waits until %s has had event %d", sequence, stream, consumer, missing),
        null);
    this.stream = Objects.requireNonNull(stream, "stream");
    this.sequence = sequence;
    this.missing = missing;
  }

  /**
   * Returns the stream of the event.
   *
   * @return the stream
   */
  public EventStream stream() {
    return stream;
  }

  /**
   * Returns the sequence of the event that came.
   *
   * @return its sequence
   */
  public int sequence() {
    return sequence;
  }

  /**
   * Returns the sequence of the event that must come first.
   *
   * @return its sequence
   */
  public int missing() {
    return missing;
  }
}
