package com.techcorp.order;

import com.techcorp.storage.UnitOfWork;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Takes orders: reserve, pay, confirm, with compensation. Thread-safe.
 *
 * <p>What {@link #place} returned is durable and is carried to its outcome by this process or any
 * other on the same storage. Every method throws {@link com.techcorp.error.UnavailableException}
 * when the storage cannot be reached, and {@link com.techcorp.error.NotFoundException} for an order
 * that is not the caller's.
 */
public interface OrderSaga {
  /**
   * Places an order and returns once it is durable. The same key of the same caller gives the same
   * order, also when two calls race.
   *
   * @param request what to order
   * @return the order's receipt; it is durable
   * @throws com.techcorp.error.InvalidOrderException names the field that cannot be accepted;
   *     nothing is written
   * @throws com.techcorp.error.IdempotencyConflictException if the key was used with another
   *     request or other goods
   * @throws com.techcorp.error.OverloadedException if the engine has as much in flight as it may
   *     hold
   */
  OrderReceipt place(PlaceOrder request);

  /**
   * Places an order without waiting for its commit: many orders share one, and a thread that goes
   * on meanwhile, or waits for the outcome only, need not be woken in between. The cart, its
   * products and the address are still read on the calling thread; with nothing else to commit, it
   * commits there too.
   *
   * @param request what to order
   * @return completes with the receipt once the order is durable, or exceptionally with what {@link
   *     #place} throws; nothing that blocks may follow it on the thread that completes it
   */
  CompletableFuture<OrderReceipt> placeAsync(PlaceOrder request);

  /**
   * Places an order inside the host's own transaction: the order exists if and when that commits.
   * Stock is reserved after it, so this costs one commit more than {@link #place}.
   *
   * @param transaction the host's transaction, such as {@code PostgresStorage.within(connection)}
   * @param request what to order
   * @return the order's receipt; its outcome begins with the host's commit
   * @throws com.techcorp.error.InvalidOrderException names the field that cannot be accepted;
   *     nothing is written
   * @throws com.techcorp.error.IdempotencyConflictException if the key was used with another
   *     request or other goods
   */
  OrderReceipt placeWithin(UnitOfWork transaction, PlaceOrder request);

  /**
   * Looks up one of a caller's orders.
   *
   * @param caller whose it must be
   * @param orderId the order
   * @return the order, or empty if there is none of this caller
   */
  Optional<Order> find(UUID caller, UUID orderId);

  /**
   * Lists a caller's orders, newest first.
   *
   * @param caller whose
   * @param limit 1 to 1,000
   * @return newest first
   */
  List<Order> list(UUID caller, int limit);

  /**
   * How an order ends.
   *
   * @param orderId the order
   * @return completes when the order is confirmed or cancelled, on whichever process
   */
  CompletableFuture<OrderOutcome> outcome(UUID orderId);

  /**
   * Cancels an order that is not shipped. While a payment is in flight the wish is recorded and the
   * provider's answer decides between a refund and nothing. Cancelling a cancelled order changes
   * nothing.
   *
   * @param caller whose it must be
   * @param orderId the order
   * @param reason why, for the record; 1 to 500 characters
   * @return the receipt, with the outcome; an order that was confirmed before the request took
   *     effect is cancelled afterwards
   * @throws com.techcorp.error.IllegalTransitionException if it is shipped or delivered
   */
  OrderReceipt cancel(UUID caller, UUID orderId, String reason);

  /**
   * Records that a confirmed order is on its way.
   *
   * @param orderId the order
   * @return the order
   * @throws com.techcorp.error.IllegalTransitionException unless it is CONFIRMED
   */
  Order ship(UUID orderId);

  /**
   * Records that a shipped order arrived.
   *
   * @param orderId the order
   * @return the order
   * @throws com.techcorp.error.IllegalTransitionException unless it is SHIPPED
   */
  Order deliver(UUID orderId);

  /**
   * Returns the complete history of an order; {@link OrderHistory#replay()} gives its state.
   *
   * @param orderId the order
   * @return its history
   */
  OrderHistory history(UUID orderId);
}
