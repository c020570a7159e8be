package com.techcorp.order.internal;

import com.techcorp.error.Failure;
import com.techcorp.order.CancelReason;
import com.techcorp.order.Order;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.spi.OrderStore;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaEngine;
import com.techcorp.saga.SagaOutcome;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Gives the receipts of orders, and follows orders to their outcomes.
 *
 * @param engine knows when a saga ends
 * @param definition the saga of orders
 * @param orders knows how it ended
 */
record OrderReceipts(
    SagaEngine engine, SagaDefinition<OrderSagaData> definition, OrderStore orders) {
  /**
   * Returns the receipt of an order that begins; nothing can have ended yet, so nothing is looked
   * up.
   */
  OrderReceipt begun(UUID orderId, String orderNumber) {
    return new OrderReceipt(orderId, orderNumber, () -> ending(orderId));
  }

  /** Returns the receipt of an order that was placed before. */
  OrderReceipt of(Order order) {
    return new OrderReceipt(order.id(), order.orderNumber(), () -> outcome(order.id()));
  }

  /**
   * Returns the outcome by the order's row, because a confirmed order may have been cancelled since
   * its saga ended.
   */
  CompletableFuture<OrderOutcome> outcome(UUID orderId) {
    SagaOutcome ended =
        DocumentedOrders.documented(() -> orders.outcomes(List.of(orderId))).get(orderId);
    return ended == null
        ? ending(orderId)
        : CompletableFuture.completedFuture(outcome(orderId, ended));
  }

  private CompletableFuture<OrderOutcome> ending(UUID orderId) {
    return engine.outcome(definition, orderId).thenApply(ended -> outcome(orderId, ended));
  }

  private static OrderOutcome outcome(UUID orderId, SagaOutcome ended) {
    Failure failure = ended.failure();
    return failure == null
        ? new OrderOutcome.Confirmed(orderId)
        : new OrderOutcome.Cancelled(orderId, CancelReason.of(failure));
  }
}
