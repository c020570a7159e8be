package com.techcorp.messaging;

import com.techcorp.saga.Effect;
import java.time.Instant;
import java.util.UUID;

/** What is written to the outbox. */
public sealed interface OutboxEffect extends Effect {
  /**
   * An event, published after the transaction that writes it. The storage adds {@code timestamp},
   * its own time.
   *
   * @param eventId the event's id, by which consumers know it again
   * @param orderId the order it belongs to; events of one order are relayed in sequence. Its own id
   *     if it belongs to none
   * @param sequence counts the order's published events from 1, without a gap
   * @param type the routing key, such as {@code order.confirmed}
   * @param payload flat JSON, with neither card tokens nor other secrets
   */
  record Publish(UUID eventId, UUID orderId, int sequence, String type, String payload)
      implements OutboxEffect {
    /**
     * The event, as the storage keeps it.
     *
     * @param time when the storage wrote it
     * @return the event
     * @throws IllegalArgumentException if the payload is not a JSON object
     */
    public Event at(Instant time) {
      return Event.ofJson(eventId, orderId, sequence, type, EventJson.stamped(payload, time));
    }
  }
}
