package com.techcorp.contracts;

import com.techcorp.json.JsonObject;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.spi.ConsumerBacklog;
import com.techcorp.messaging.spi.ConsumerBacklog.Due;
import com.techcorp.messaging.spi.ConsumerBacklog.Handled;
import com.techcorp.messaging.spi.ConsumerBacklog.Move;
import com.techcorp.messaging.spi.ConsumerBacklog.Queue;
import com.techcorp.messaging.spi.ConsumerBacklog.Retry;
import com.techcorp.order.OrderEventType;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The backlog of one consumer, in short words. */
public abstract class ConsumerBacklogScenario extends StorageContract {
  static final int MANY = 1_000;
  static final Duration SECOND = Duration.ofSeconds(1);

  final String consumer = "contract-" + newId();
  final UUID order = newId();

  /** For subclasses. */
  protected ConsumerBacklogScenario() {}

  final ConsumerBacklog backlog() {
    return storage().consumerBacklog();
  }

  final Fence node() {
    return storage().nodes().register("contract", LEASE);
  }

  final void retry(Fence holder, Retry... retries) {
    backlog().retry(holder, List.of(retries));
  }

  final Queue queue(UUID orderId) {
    return new Queue(consumer, OrderEventType.streamOf(orderId));
  }

  static Event event(UUID orderId, int sequence) {
    UUID id = newId();
    return new Event(
        id,
        OrderEventType.streamOf(orderId),
        sequence,
        "order.confirmed",
        JsonObject.builder()
            .put("event", "order.confirmed")
            .put("event_id", id.toString())
            .put("sequence", sequence)
            .put("note", "Grüße")
            .build());
  }

  static List<Event> events(UUID orderId, int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(sequence -> event(orderId, sequence)).toList();
  }

  final void add(@Nullable Fence holder, List<Event> events) {
    backlog()
        .add(
            holder,
            List.of(new Move(queue(events.get(0).stream().id()), events, 0, Duration.ZERO, null)));
  }

  final List<Due> due(Fence holder) {
    return backlog().due(holder, Map.of(consumer, MANY));
  }

  final void handled(Event... events) {
    backlog().remove(List.of(new Handled(queue(events[0].stream().id()), List.of(events))));
  }
}
