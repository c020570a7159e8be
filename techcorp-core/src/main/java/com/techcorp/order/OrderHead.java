package com.techcorp.order;

import com.techcorp.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The part of an order that its events change. {@link #after} writes the row and replays the
 * history by the same function.
 *
 * @param status its state
 * @param cancelReason why it was cancelled, or null
 * @param cancelDetail more on that, or null
 * @param refundStatus how far its refund is, or null if there is none
 * @param lastSeq the sequence number of its last event
 * @param published how many of its events were published
 */
public record OrderHead(
    OrderStatus status,
    @Nullable String cancelReason,
    @Nullable String cancelDetail,
    @Nullable OrderRefundStatus refundStatus,
    int lastSeq,
    int published) {
  /** The head right after CREATED. */
  public static final OrderHead CREATED =
      new OrderHead(OrderStatus.CREATED, null, null, null, 1, 0);

  /** The head right after CREATED and PAID, which is published. */
  public static final OrderHead PAID = CREATED.next(OrderEventType.PAID);

  private OrderHead next(OrderEventType type) {
    return new OrderHead(
        status,
        cancelReason,
        cancelDetail,
        refundStatus,
        lastSeq + 1,
        published + (type.routingKey().isPresent() ? 1 : 0));
  }

  /**
   * Returns the head after one more event.
   *
   * @param type what happened
   * @param data its data
   * @return the new head
   */
  public OrderHead after(OrderEventType type, JsonObject data) {
    OrderHead next = next(type);
    return switch (type) {
      case CREATED -> CREATED;
      case PAID -> next;
      case CONFIRMED -> next.with(OrderStatus.CONFIRMED);
      case SHIPPED -> next.with(OrderStatus.SHIPPED);
      case DELIVERED -> next.with(OrderStatus.DELIVERED);
      case REFUND_REQUESTED -> next.refund(OrderRefundStatus.REQUESTED);
      case REFUNDED -> next.refund(OrderRefundStatus.REFUNDED);
      case CANCELLED ->
          new OrderHead(
              OrderStatus.CANCELLED,
              data.text("reason"),
              data.textOrNull("detail"),
              next.refundStatus,
              next.lastSeq,
              next.published);
    };
  }

  private OrderHead with(OrderStatus changed) {
    return new OrderHead(changed, cancelReason, cancelDetail, refundStatus, lastSeq, published);
  }

  private OrderHead refund(OrderRefundStatus changed) {
    return new OrderHead(status, cancelReason, cancelDetail, changed, lastSeq, published);
  }
}
