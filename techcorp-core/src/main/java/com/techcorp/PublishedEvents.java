package com.techcorp;

import com.techcorp.error.NotFoundException;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventBus;
import com.techcorp.order.Order;
import com.techcorp.order.OrderEvent;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderHistory;
import com.techcorp.order.internal.EventPayload;
import com.techcorp.order.internal.Traces;
import com.techcorp.order.spi.OrderStore;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Rebuilds the published events of orders from their histories, with the same ids and facts, so
 * that a consumer recognises what it had. Thread-safe.
 *
 * <p>Only {@code timestamp} may be some microseconds off: it was taken by another statement of the
 * same transaction.
 */
public final class PublishedEvents {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final OrderStore orders;
  private final EventBus bus;

  /**
   * Reads and sends nothing yet.
   *
   * @param orders the histories
   * @param bus where consumers are
   */
  public PublishedEvents(OrderStore orders, EventBus bus) {
    this.orders = orders;
    this.bus = bus;
  }

  /**
   * Returns an order's events as they were published.
   *
   * @param orderId the order
   * @return by sequence, also those that still wait in the outbox; maybe none
   * @throws NotFoundException if there is no such order
   * @throws com.techcorp.error.UnavailableException if the storage cannot be reached
   */
  public List<Event> of(UUID orderId) {
    List<OrderEvent> history = orders.events(orderId);
    if (history.isEmpty()) {
      throw new NotFoundException("no order " + orderId);
    }
    Order order = new OrderHistory(orderId, history).replay();
    EventPayload payload =
        new EventPayload(orderId, order.orderNumber(), order.userId(), Traces.in(history));
    List<Event> events = new ArrayList<>();
    for (OrderEvent event : history) {
      event
          .type()
          .routingKey()
          .ifPresent(key -> events.add(event(payload, key, events.size() + 1, event)));
    }
    return events;
  }

  private static Event event(EventPayload payload, String key, int sequence, OrderEvent event) {
    String timestamp = TIMESTAMP.format(event.createdAt());
    return new Event(
        payload.id(sequence),
        OrderEventType.streamOf(event.orderId()),
        sequence,
        key,
        payload.of(key, sequence, event.data()).put("timestamp", timestamp).build());
  }

  /**
   * Sends all of an order's events to one consumer again: a new consumer gets the whole history; an
   * existing one recognises repeats by its inbox. Other consumers get nothing.
   *
   * @param orderId the order
   * @param consumer the consumer's name
   * @return how many events there were
   * @throws NotFoundException if there is no such order, or no such consumer
   * @throws com.techcorp.error.UnavailableException if not all were taken: send them again
   */
  public int sendAgain(UUID orderId, String consumer) {
    List<Event> events = of(orderId);
    bus.resend(consumer, events);
    return events.size();
  }
}
