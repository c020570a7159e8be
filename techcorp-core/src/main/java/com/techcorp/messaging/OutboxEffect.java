package com.techcorp.messaging;

import com.techcorp.storage.Effect;
import java.time.Instant;
import java.util.UUID;

/** What is written to the outbox. */
public sealed interface OutboxEffect extends Effect {
  /**
   * An event, published after the transaction that writes it. The storage adds {@code timestamp},
   * its own time.
   *
   * @param eventId the event's id, by which consumers know it again
   * @param stream what it belongs to; events of an ordered stream are relayed in sequence
   * @param sequence counts the events of an ordered stream from 1, without a gap; {@link
   *     Event#UNORDERED} in a stream without order
   * @param type the routing key, such as {@code order.confirmed}
   * @param payload flat JSON, with neither card tokens nor other secrets
   */
  record Publish(UUID eventId, EventStream stream, int sequence, String type, String payload)
      implements OutboxEffect {
    /**
     * Looks whether the payload may be an object.
     *
     * @throws IllegalArgumentException if it does not begin and end with braces
     */
    public Publish {
      EventJson.requireObject(payload);
    }

    /**
     * The payload up to where a storage adds its time, as {@code "timestamp":"…"}} in ISO 8601,
     * UTC, with six digits of a second.
     *
     * @return the beginning of a JSON object
     */
    public String payloadBeforeTimestamp() {
      return EventJson.open(payload);
    }

    /**
     * Events with the same key are relayed one after the other, by sequence.
     *
     * @return as {@link Event#orderingKey}
     */
    public EventStream orderingKey() {
      return sequence == Event.UNORDERED ? new EventStream(stream.type(), eventId) : stream;
    }

    /**
     * Whether no other event of its stream is published before it.
     *
     * @return false for the later events of an ordered stream
     */
    public boolean isFirst() {
      return sequence <= 1;
    }

    /**
     * The event, as the storage keeps it.
     *
     * @param time when the storage wrote it
     * @return the event
     */
    public Event at(Instant time) {
      return Event.ofJson(eventId, stream, sequence, type, EventJson.stamped(payload, time));
    }
  }
}
