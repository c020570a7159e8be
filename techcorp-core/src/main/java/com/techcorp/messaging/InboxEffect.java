package com.techcorp.messaging;

import com.techcorp.saga.Effect;
import java.util.UUID;

/** What is written to the inbox. */
public sealed interface InboxEffect extends Effect {
  /** Refusal: this consumer has had this event. */
  String DUPLICATE = "DUPLICATE";

  /**
   * A consumer takes an event, in one transaction with its effect. Refused with {@link #DUPLICATE}
   * if it had it before: then the effect is not written again.
   *
   * @param consumer the consumer's name
   * @param eventId the event
   */
  record Receive(String consumer, UUID eventId) implements InboxEffect {}
}
