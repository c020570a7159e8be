package com.techcorp.messaging;

import com.techcorp.error.TechCorpException;

/**
 * Thrown by the handler of single events when it can never handle this one: the event becomes a
 * dead letter at once, without further attempts. A {@link BatchHandler} returns {@link
 * EventOutcome#refused} instead.
 */
public class EventRefusedException extends TechCorpException {
  private static final long serialVersionUID = 1L;

  private final EventOutcome.Refused outcome;

  /**
   * Refuses the event.
   *
   * @param reason why, without secrets
   */
  public EventRefusedException(String reason) {
    super(reason);
    outcome = new EventOutcome.Refused(reason);
  }

  /**
   * Returns the outcome of the event.
   *
   * @return with the reason
   */
  public EventOutcome.Refused outcome() {
    return outcome;
  }
}
