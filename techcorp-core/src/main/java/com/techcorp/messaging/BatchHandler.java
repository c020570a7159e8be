package com.techcorp.messaging;

import java.util.List;

/** Handles several events of a subscription at once; see {@link Subscription#batch}. */
@FunctionalInterface
public interface BatchHandler {
  /**
   * Handles a batch; may be called again with events that it had before. Each event has its own
   * outcome: one that failed holds up no other. A call that takes longer than the consumer's
   * time-out is interrupted: it should end then.
   *
   * @param events at least one, and at most as many as {@link BatchOptions#maxEvents} says; of an
   *     ordered stream at most one
   * @return the outcome of each event, in the same order
   * @throws ConsumerPausedException if something is away that the consumer needs for every event:
   *     the consumer pauses, and none of the events has used up an attempt
   * @throws Exception the consumer failed on every event of the batch
   */
  List<EventOutcome> handle(List<Event> events) throws Exception;
}
