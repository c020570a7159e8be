package com.techcorp.amqp;

import com.techcorp.json.JsonObject;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.order.OrderEventType;
import java.util.UUID;

/** Events as the engine writes them. */
final class TestEvents {
  static final String CONFIRMED = "order.confirmed";

  private TestEvents() {}

  static Event event(String type) {
    return event(UUID.randomUUID(), 1, type);
  }

  static Event event(UUID order, int sequence, String type) {
    UUID id = UUID.randomUUID();
    return new Event(
        id, OrderEventType.streamOf(order), sequence, type, payload(id, order, sequence, type));
  }

  static JsonObject payload(UUID id, UUID order, int sequence, String type) {
    JsonObject.Builder payload = JsonObject.builder();
    payload.put("event", type);
    payload.put("event_id", id.toString());
    payload.put("version", 1);
    payload.put("order_id", order.toString());
    payload.put("sequence", sequence);
    return payload.build();
  }

  /** As the relay sees it: a bus that takes nothing for now has not taken it. */
  static boolean taken(EventTransport bus, Event event) {
    return bus.publish(event).exceptionally(failure -> false).join();
  }
}
