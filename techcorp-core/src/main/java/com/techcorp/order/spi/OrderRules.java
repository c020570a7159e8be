package com.techcorp.order.spi;

import com.techcorp.order.OrderHead;
import com.techcorp.order.spi.OrderEffect.Append;
import com.techcorp.order.spi.OrderEffect.Create;
import com.techcorp.storage.Decision;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an {@link OrderEffect} is the next event of its order, or that it is refused.
 * Pure functions: a storage loads the state, asks, and stores what follows.
 */
public final class OrderRules {
  private OrderRules() {}

  /**
   * Decides whether an order effect is accepted, and the order's last sequence afterwards.
   *
   * @param effect what is asked
   * @param lastSeq the sequence number of the order's last event; null: there is no such order
   * @param year the storage's current year, UTC
   * @return the sequence number of the order's last event afterwards, or the refusal that the
   *     effect's type documents
   */
  public static Decision<Integer> decide(OrderEffect effect, @Nullable Integer lastSeq, int year) {
    return effect instanceof Create create
        ? create(create, lastSeq, year)
        : append((Append) effect, lastSeq);
  }

  private static Decision<Integer> create(Create create, @Nullable Integer lastSeq, int year) {
    if (lastSeq != null) {
      return Decision.refuse(
          OrderEffect.ORDER_MOVED, "order " + create.orderId() + " exists already");
    }
    return create.orderNumber().startsWith("TC-" + year + "-")
        ? Decision.accept(OrderHead.CREATED.lastSeq())
        : Decision.refuse(OrderEffect.STALE_NUMBER, "the order number is of another year");
  }

  private static Decision<Integer> append(Append append, @Nullable Integer lastSeq) {
    int sequence = append.head().lastSeq();
    return lastSeq != null && lastSeq == sequence - 1
        ? Decision.accept(sequence)
        : Decision.refuse(
            OrderEffect.ORDER_MOVED,
            "order " + append.orderId() + " has moved on since it was read");
  }
}
