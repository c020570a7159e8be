package com.techcorp.messaging;

import com.techcorp.error.TechCorpException;
import java.time.Duration;

/**
 * Thrown by a handler when something is away that it needs for every event, such as a server. The
 * consumer pauses: what it holds goes back, and uses up no attempt. It is tried again with one
 * event, or one batch, after the wait that the handler names, and goes on when the handler returns.
 * No number and no length of pauses makes a dead letter.
 */
public class ConsumerPausedException extends TechCorpException {
  private static final long serialVersionUID = 1L;

  private final EventOutcome.Paused outcome;

  /**
   * Pauses the consumer.
   *
   * @param reason what is away, without secrets
   * @param retryAfter how long until the consumer is tried again, at least 1 ms
   * @throws com.techcorp.error.WiringException if the wait is too short
   */
  public ConsumerPausedException(String reason, Duration retryAfter) {
    super(reason);
    outcome = new EventOutcome.Paused(reason, retryAfter);
  }

  /**
   * Returns how long until the consumer is tried again.
   *
   * @return at least 1 ms
   */
  public Duration retryAfter() {
    return outcome.retryAfter();
  }

  /**
   * Returns the outcome of the events that the handler had.
   *
   * @return the same for each of them
   */
  public EventOutcome.Paused outcome() {
    return outcome;
  }
}
