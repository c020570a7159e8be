package com.techcorp.order;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Proof that an order is durable, and the way to its outcome. */
public final class OrderReceipt {
  private final UUID orderId;
  private final String orderNumber;
  private final Supplier<CompletableFuture<OrderOutcome>> outcome;

  /**
   * Creates a receipt, for implementations of {@link OrderSaga}.
   *
   * @param orderId the order
   * @param orderNumber its number
   * @param outcome begins to wait
   */
  public OrderReceipt(
      UUID orderId, String orderNumber, Supplier<CompletableFuture<OrderOutcome>> outcome) {
    this.orderId = orderId;
    this.orderNumber = orderNumber;
    this.outcome = outcome;
  }

  /**
   * Returns the order's id.
   *
   * @return its id
   */
  public UUID orderId() {
    return orderId;
  }

  /**
   * Returns the number for people.
   *
   * @return such as {@code TC-2024-001234}
   */
  public String orderNumber() {
    return orderNumber;
  }

  /**
   * How it ends, whichever process carries it there. Each call gives a future of its own.
   *
   * @return completes when the order is confirmed or cancelled; exceptionally with {@link
   *     com.techcorp.error.UnavailableException} if this process shuts down first
   */
  public CompletableFuture<OrderOutcome> outcome() {
    return outcome.get();
  }
}
