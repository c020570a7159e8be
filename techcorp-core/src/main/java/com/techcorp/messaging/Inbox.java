package com.techcorp.messaging;

import java.util.List;
import java.util.UUID;

/**
 * Records which events consumers have taken and which they gave up on; written through {@link
 * InboxEffect}s and {@link #addDeadLetter}. Thread-safe; throws {@link
 * com.techcorp.error.UnavailableException} when the storage cannot be reached.
 */
public interface Inbox {
  /**
   * Returns whether a consumer's effect of an event is written.
   *
   * @param consumer the consumer's name
   * @param eventId the event
   * @return true after its {@link InboxEffect.Receive} was committed
   */
  boolean has(String consumer, UUID eventId);

  /**
   * Returns how far a consumer that needs order is with a stream.
   *
   * @param consumer the consumer's name
   * @param stream an ordered one
   * @return the sequence of the last {@link InboxEffect.Advance} that was committed; 0 before the
   *     first
   */
  int head(String consumer, EventStream stream);

  /**
   * Keeps an event that a consumer cannot handle. Idempotent.
   *
   * @param consumer the consumer's name
   * @param event the event
   * @param reason why, without secrets
   */
  void addDeadLetter(String consumer, Event event, String reason);

  /**
   * Returns the dead letters of a consumer.
   *
   * @param consumer the consumer's name
   * @param limit how many at the most
   * @return oldest first
   */
  List<DeadLetter> dead(String consumer, int limit);

  /**
   * Takes a dead letter out, when it was handled after all.
   *
   * @param consumer the consumer's name
   * @param eventId the event
   */
  void removeDeadLetter(String consumer, UUID eventId);

  /**
   * An event that a consumer gave up on.
   *
   * @param event the event
   * @param reason why
   */
  record DeadLetter(Event event, String reason) {}
}
