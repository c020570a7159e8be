package com.techcorp.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.techcorp.error.NotFoundException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * All that happened to one order. Folding it gives the order as it stands, or stood.
 *
 * @param orderId whose
 * @param events oldest first, from CREATED
 */
public record OrderHistory(UUID orderId, List<OrderEvent> events) {
  /** Copies the events. */
  public OrderHistory {
    events = List.copyOf(events);
  }

  /**
   * The order after its last event.
   *
   * @return the folded order; equals the stored row
   */
  public Order replay() {
    return fold(events);
  }

  /**
   * The order as it stood at an instant.
   *
   * @param at events later than this are left out
   * @return the folded order
   * @throws NotFoundException if the order did not exist yet
   */
  public Order replayAt(Instant at) {
    List<OrderEvent> until =
        events.stream().filter(event -> !event.createdAt().isAfter(at)).toList();
    if (until.isEmpty()) {
      throw new NotFoundException("order " + orderId + " did not exist at " + at);
    }
    return fold(until);
  }

  private static Order fold(List<OrderEvent> events) {
    OrderEvent created = events.get(0);
    JsonNode first = created.data();
    OrderHead head = OrderHead.CREATED;
    for (OrderEvent event : events.subList(1, events.size())) {
      head = head.after(event.type(), event.data());
    }
    List<OrderLine> lines = new ArrayList<>();
    first.path("items").forEach(item -> lines.add(line(item)));
    return new Order(
        created.orderId(),
        first.path("order_number").asText(),
        uuid(first, "user_id"),
        uuid(first, "cart_id"),
        uuid(first, "shipping_address_id"),
        first.path("amount").asLong(),
        first.path("currency").asText(),
        head.status(),
        head.cancelReason(),
        head.cancelDetail(),
        head.refundStatus(),
        head.lastSeq(),
        head.published(),
        created.createdAt(),
        events.get(events.size() - 1).createdAt(),
        lines);
  }

  private static OrderLine line(JsonNode item) {
    return new OrderLine(
        uuid(item, "product_id"), item.path("quantity").asLong(), item.path("unit_price").asLong());
  }

  private static UUID uuid(JsonNode node, String field) {
    return UUID.fromString(node.path(field).asText());
  }
}
