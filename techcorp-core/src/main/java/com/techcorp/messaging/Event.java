package com.techcorp.messaging;

import com.techcorp.json.JsonObject;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it travels. Its JSON is parsed only when {@link #payload} is called, because most
 * events only pass through. Two are equal if all of their parts are. Immutable and thread-safe.
 */
public final class Event {
  /** The sequence of an event whose stream has no order. */
  public static final int UNORDERED = 0;

  /** The payload's field of the trace. */
  public static final String TRACEPARENT = "traceparent";

  /** The payload's field of what vendors add to the trace. */
  public static final String TRACESTATE = "tracestate";

  private final UUID id;
  private final EventStream stream;
  private final int sequence;
  private final String type;
  private final @Nullable String json;
  private volatile @Nullable JsonObject payload;

  /**
   * An event with its JSON at hand.
   *
   * @param id by which consumers know it again
   * @param stream what it belongs to
   * @param sequence counts the events of an ordered stream from 1, without a gap; {@link
   *     #UNORDERED} in a stream without order
   * @param type the routing key, such as {@code order.confirmed}
   * @param payload see {@link #payload}
   */
  public Event(UUID id, EventStream stream, int sequence, String type, JsonObject payload) {
    this(id, stream, sequence, type, null, payload);
  }

  private Event(
      UUID id,
      EventStream stream,
      int sequence,
      String type,
      @Nullable String json,
      @Nullable JsonObject payload) {
    this.id = Objects.requireNonNull(id, "id");
    this.stream = Objects.requireNonNull(stream, "stream");
    if (sequence < UNORDERED) {
      throw new IllegalArgumentException("the sequence of an event is not negative: " + sequence);
    }
    this.sequence = sequence;
    this.type = Objects.requireNonNull(type, "type");
    this.json = json;
    this.payload = payload;
  }

  /**
   * Returns an event with its JSON as text.
   *
   * @param id by which consumers know it again
   * @param stream what it belongs to
   * @param sequence counts the events of an ordered stream from 1, without a gap; {@link
   *     #UNORDERED} in a stream without order
   * @param type the routing key
   * @param json an object, well-formed; it is not read before {@link #payload} is asked for
   * @return the event
   */
  public static Event ofJson(UUID id, EventStream stream, int sequence, String type, String json) {
    return new Event(id, stream, sequence, type, Objects.requireNonNull(json, "json"), null);
  }

  /**
   * Returns the id by which consumers recognise the event.
   *
   * @return its id
   */
  public UUID id() {
    return id;
  }

  /**
   * Returns the stream that the event belongs to.
   *
   * @return the stream
   */
  public EventStream stream() {
    return stream;
  }

  /**
   * Events with the same key are published and handled one after the other, by sequence.
   *
   * @return the stream if it is ordered; else a key that no other event has
   */
  public EventStream orderingKey() {
    return isOrdered() ? stream : new EventStream(stream.type(), id);
  }

  /**
   * Returns whether it waits for those before it in its stream.
   *
   * @return false if its stream has no order
   */
  public boolean isOrdered() {
    return sequence != UNORDERED;
  }

  /**
   * Its place among the stream's published events.
   *
   * @return counts from 1, without a gap; {@link #UNORDERED} in a stream without order
   */
  public int sequence() {
    return sequence;
  }

  /**
   * Returns the event's type, which is its routing key.
   *
   * @return such as {@code order.confirmed}
   */
  public String type() {
    return type;
  }

  /**
   * Returns the payload: flat JSON with {@code event}, {@code event_id}, {@code version}, {@code
   * timestamp}, for an order {@code order_id}, {@code sequence} and, if it has a trace, {@code
   * traceparent}, and the event's own fields.
   *
   * @return the same object each time
   * @throws IllegalArgumentException if the text that it was made of is not a JSON object
   */
  public JsonObject payload() {
    JsonObject known = payload;
    if (known == null) {
      known = parsed();
      payload = known;
    }
    return known;
  }

  private JsonObject parsed() {
    try {
      return JsonObject.parse(json());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the payload of an event is " + e.getMessage(), e);
    }
  }

  /**
   * Returns the payload as text. Costs nothing if the event came as text.
   *
   * @return a JSON object
   */
  public String json() {
    return json != null ? json : String.valueOf(payload);
  }

  /**
   * The trace of the call that caused it.
   *
   * @return a well-formed trace, or empty if it has none
   */
  public Optional<TraceContext.Trace> trace() {
    if (json != null && !json.contains(TRACEPARENT)) {
      return Optional.empty();
    }
    String parent = payload().textOrNull(TRACEPARENT);
    return parent == null
        ? Optional.empty()
        : new TraceContext.Trace(parent, payload().textOrNull(TRACESTATE)).wellFormed();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Event event
        && id.equals(event.id)
        && stream.equals(event.stream)
        && sequence == event.sequence
        && type.equals(event.type)
        && payload().equals(event.payload());
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, stream, sequence, type);
  }

  @Override
  public String toString() {
    return "Event[id="
        + id
        + ", stream="
        + stream
        + ", sequence="
        + sequence
        + ", type="
        + type
        + ", payload="
        + json()
        + "]";
  }
}
