package com.techcorp.messaging;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.json.JsonObject;
import com.techcorp.storage.Effect;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A write to the outbox. */
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
    private static final int VERSION = 1;
    private static final List<String> ADDED = List.of("event", "event_id", "version", "timestamp");

    /**
     * Looks whether the payload may be an object.
     *
     * @throws IllegalArgumentException if it does not begin and end with braces
     */
    public Publish {
      EventJson.requireObject(payload);
    }

    /**
     * Returns an event of a stream without order, under a new id.
     *
     * @param stream what it belongs to, such as {@code new EventStream("shipment", id)}
     * @param type the routing key, such as {@code shipment.delayed}
     * @param facts what it says, with neither card tokens nor other secrets; {@code event}, {@code
     *     event_id}, {@code version} and {@code timestamp} are added
     * @return the event to publish
     * @throws IllegalArgumentException if a fact has the name of what is added
     */
    public static Publish unordered(EventStream stream, String type, JsonObject facts) {
      return of(stream, Event.UNORDERED, type, facts);
    }

    /**
     * Returns an event of an ordered stream, under a new id. It is relayed after the one before it.
     *
     * @param stream what it belongs to, such as {@code new EventStream("shipment", id)}
     * @param sequence its place, counted by you: from 1, without a gap
     * @param type the routing key, such as {@code shipment.left}
     * @param facts as of {@link #unordered}; {@code sequence} is added too
     * @return the event to publish
     * @throws IllegalArgumentException if the sequence is below 1, or a fact has the name of what
     *     is added
     */
    public static Publish ordered(EventStream stream, int sequence, String type, JsonObject facts) {
      if (sequence <= Event.UNORDERED) {
        throw new IllegalArgumentException(
            "the events of an ordered stream count from 1, not from " + sequence);
      }
      return of(stream, sequence, type, facts);
    }

    private static Publish of(EventStream stream, int sequence, String type, JsonObject facts) {
      for (String added : ADDED) {
        if (facts.containsKey(added)) {
          throw new IllegalArgumentException("the field " + added + " is added by the library");
        }
      }
      UUID id = UuidCreator.getTimeOrderedEpoch();
      JsonObject.Builder payload =
          JsonObject.builder().put("event", type).put("event_id", id).put("version", VERSION);
      if (sequence != Event.UNORDERED) {
        payload.put("sequence", sequence);
      }
      return new Publish(id, stream, sequence, type, payload.putAll(facts).build().toString());
    }

    /**
     * Returns the payload up to where a storage adds its time, as {@code "timestamp":"…"}} in ISO
     * 8601, UTC, with six digits of a second.
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
     * Returns whether no other event of its stream is published before it.
     *
     * @return false for the later events of an ordered stream
     */
    public boolean isFirst() {
      return sequence <= 1;
    }

    /**
     * Returns the event, as the storage keeps it.
     *
     * @param time when the storage wrote it
     * @return the event
     */
    public Event at(Instant time) {
      return Event.ofJson(eventId, stream, sequence, type, EventJson.stamped(payload, time));
    }
  }
}
