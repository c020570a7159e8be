package com.techcorp.messaging;

import com.techcorp.storage.Effect;
import java.util.UUID;

/** A write to the inbox. */
public sealed interface InboxEffect extends Effect {
  /** Refusal: this consumer has had this event. */
  String DUPLICATE = "DUPLICATE";

  /** Refusal: this consumer has not had the stream's event before this one. */
  String EARLY = "EARLY";

  /**
   * Detail of {@link #EARLY}: the sequence up to which the consumer has had the stream's events.
   */
  String HEAD = "head";

  /**
   * A consumer takes an event, in one transaction with its effect. Refused with {@link #DUPLICATE}
   * if it had it before: then the effect is not written again.
   *
   * @param consumer the consumer's name
   * @param eventId the event
   */
  record Receive(String consumer, UUID eventId) implements InboxEffect {}

  /**
   * A consumer that needs order takes a stream's next event, in one transaction with its effect. It
   * takes every event of a stream so, from the first. Refused with {@link #DUPLICATE} if it has had
   * the event, with {@link #EARLY} if it has not had the one before it; of two that write the same
   * event at once, one is refused.
   *
   * @param consumer the consumer's name
   * @param stream an ordered one
   * @param sequence the event's sequence in the stream, from 1
   */
  record Advance(String consumer, EventStream stream, int sequence) implements InboxEffect {}
}
