package com.techcorp.amqp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

  static ObjectNode payload(UUID id, UUID order, int sequence, String type) {
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload.put("event", type);
    payload.put("event_id", id.toString());
    payload.put("version", 1);
    payload.put("order_id", order.toString());
    payload.put("sequence", sequence);
    return payload;
  }

  /** As the relay sees it: a bus that takes nothing for now has not taken it. */
  static boolean taken(EventTransport bus, Event event) {
    return bus.publish(event).exceptionally(failure -> false).join();
  }
}
