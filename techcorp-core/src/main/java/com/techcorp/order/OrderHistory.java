package com.techcorp.order;

import com.techcorp.error.NotFoundException;
import com.techcorp.json.JsonObject;
import com.techcorp.payment.Amount;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The complete history of one order. Folding it gives the order as it stands, or stood.
 *
 * @param orderId whose
 * @param events oldest first, from CREATED
 */
public record OrderHistory(UUID orderId, List<OrderEvent> events) {
  /** Makes an unmodifiable copy of the events. */
  public OrderHistory {
    events = List.copyOf(events);
  }

  /**
   * Returns the order after its last event.
   *
   * @return the replayed order; equals the stored row
   */
  public Order replay() {
    return fold(events);
  }

  /**
   * Returns the order as it stood at an instant.
   *
   * @param at events later than this are left out
   * @return the replayed order
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
    JsonObject first = created.data();
    OrderHead head = OrderHead.CREATED;
    for (OrderEvent event : events.subList(1, events.size())) {
      head = head.after(event.type(), event.data());
    }
    return new Order(
        created.orderId(),
        first.text("order_number"),
        first.uuid("user_id"),
        first.uuid("cart_id"),
        first.uuid("shipping_address_id"),
        new Amount(first.number("amount"), first.text("currency")),
        first.objects("items").stream().map(OrderHistory::line).toList(),
        head,
        new Order.Times(created.createdAt(), events.get(events.size() - 1).createdAt()));
  }

  private static OrderLine line(JsonObject item) {
    return new OrderLine(
        item.uuid("product_id"), item.number("quantity"), item.number("unit_price"));
  }
}
