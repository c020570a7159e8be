package com.techcorp.messaging;

import com.techcorp.error.TechCorpException;
import java.time.Duration;

/**
 * Thrown by the handler of single events when it cannot handle this one yet, and others it can. The
 * event comes again later; this was no attempt. A {@link BatchHandler} returns {@link
 * EventOutcome#postponed} instead.
 */
public class EventPostponedException extends TechCorpException {
  private static final long serialVersionUID = 1L;

  private final EventOutcome.Postponed outcome;

  /**
   * Postpones the event.
   *
   * @param reason why, without secrets
   * @param retryAfter about how long it waits, at least 1 ms; over RabbitMQ it waits as long as
   *     after a failure
   * @throws com.techcorp.error.WiringException if the wait is too short
   */
  public EventPostponedException(String reason, Duration retryAfter) {
    super(reason);
    outcome = new EventOutcome.Postponed(reason, retryAfter);
  }

  /**
   * Returns the outcome of the event.
   *
   * @return with reason and wait
   */
  public EventOutcome.Postponed outcome() {
    return outcome;
  }
}
