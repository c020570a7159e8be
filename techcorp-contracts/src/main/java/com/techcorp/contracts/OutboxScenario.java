package com.techcorp.contracts;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.OutboxEffect;
import com.techcorp.messaging.spi.Outbox;
import com.techcorp.order.OrderEventType;
import com.techcorp.storage.Fence;
import java.util.List;
import java.util.UUID;

/** The events of one order in the outbox, in short words. */
public abstract class OutboxScenario extends StorageContract {
  static final int ALL = 100_000;

  final UUID order = newId();

  /** For subclasses. */
  protected OutboxScenario() {}

  final Outbox outbox() {
    return storage().outbox();
  }

  static OutboxEffect.Publish publish(UUID order, int sequence) {
    UUID id = newId();
    String payload =
        "{\"event\":\"order.confirmed\",\"event_id\":\"%s\",\"order_id\":\"%s\",\"sequence\":%d,\"items\":[{\"quantity\":2}]}"
            .formatted(id, order, sequence);
    return new OutboxEffect.Publish(
        id, OrderEventType.streamOf(order), sequence, "order.confirmed", payload);
  }

  final Fence node() {
    return storage().nodes().register("contract", LEASE);
  }

  final List<Event> held(int node, UUID orderId) {
    return outbox().held(node, null, ALL).stream()
        .filter(event -> event.stream().id().equals(orderId))
        .toList();
  }

  /** All of an order that nobody holds, for a node that is made for it. */
  final List<Event> of(UUID orderId) {
    Fence node = node();
    outbox().claim(node.node(), ALL);
    List<Event> events = held(node.node(), orderId);
    storage().nodes().retire(node);
    return events;
  }
}
