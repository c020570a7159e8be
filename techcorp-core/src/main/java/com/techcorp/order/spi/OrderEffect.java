package com.techcorp.order.spi;

import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderHead;
import com.techcorp.order.OrderLine;
import com.techcorp.payment.Amount;
import com.techcorp.storage.Effect;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A write to orders; {@link OrderRules} decide each. */
public sealed interface OrderEffect extends Effect {
  /** Refusal: the order has moved on since it was read. */
  String ORDER_MOVED = "ORDER_MOVED";

  /** Refusal: the number was reserved in another year. Reserve a new one and repeat. */
  String STALE_NUMBER = "STALE_NUMBER";

  /**
   * Returns the order's id.
   *
   * @return its id
   */
  UUID orderId();

  /**
   * A new order with its lines and its CREATED event. Refused with {@link #ORDER_MOVED} if the id
   * is taken, with {@link #STALE_NUMBER} if the number's year is not the storage's current year.
   *
   * @param orderId its id
   * @param orderNumber its number
   * @param userId whose
   * @param cartId the cart it was made from
   * @param shippingAddressId where to
   * @param total what it costs
   * @param lines its products, ascending by product id, each once
   * @param data the CREATED event's data, as JSON
   * @param holdToken of the order's stock, kept for as long as the order can be cancelled; in no
   *     event; null if the stock has none
   */
  record Create(
      UUID orderId,
      String orderNumber,
      UUID userId,
      UUID cartId,
      UUID shippingAddressId,
      Amount total,
      List<OrderLine> lines,
      String data,
      @Nullable UUID holdToken)
      implements OrderEffect {
    /** Makes an unmodifiable copy of the lines. */
    public Create {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Appends an event and updates the order's row. Refused with {@link #ORDER_MOVED} unless the
   * order's last event is the one before it.
   *
   * @param orderId whose
   * @param type what happened
   * @param data the event's data, as JSON
   * @param head the order after it; its {@code lastSeq} is the event's sequence number
   */
  record Append(UUID orderId, OrderEventType type, String data, OrderHead head)
      implements OrderEffect {}
}
