package com.techcorp.order.internal;

import com.techcorp.error.Failure;
import com.techcorp.error.IdempotencyConflictException;
import com.techcorp.error.NotFoundException;
import com.techcorp.order.CartContents;
import com.techcorp.order.Order;
import com.techcorp.order.OrderStatus;
import com.techcorp.order.PlaceOrder;
import com.techcorp.order.spi.IdempotencyKeys;
import com.techcorp.order.spi.IdempotencyKeys.Used;
import com.techcorp.order.spi.KeyEffect;
import com.techcorp.order.spi.OrderStore;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Decides about a request whose key was used before. A key stands for the request and for what its
 * cart held; another caller's equal key is another key.
 */
final class RepeatedRequests {
  private final IdempotencyKeys keys;
  private final QueuedKeyLookUps queued;
  private final OrderStore orders;

  /**
   * @param keys asked by callers that wait
   * @param queued asked by those that do not
   */
  RepeatedRequests(IdempotencyKeys keys, QueuedKeyLookUps queued, OrderStore orders) {
    this.keys = keys;
    this.queued = queued;
    this.orders = orders;
  }

  /**
   * The order that has the key.
   *
   * @param repeated whether the request is that order's; else it is another purchase, whose order
   *     takes the key over
   */
  record Earlier(Order order, boolean repeated) {}

  /**
   * Returns the order that this caller's key gave before, or empty.
   *
   * @param contents what the cart holds now; null: it is empty or gone, as a cart is after its
   *     order
   * @throws IdempotencyConflictException if the request is neither that order's nor may follow it
   */
  Optional<Earlier> earlier(PlaceOrder request, @Nullable CartContents contents) {
    return keys.find(request.userId(), RequestKeys.of(request))
        .map(used -> judged(request, contents, used));
  }

  /** The same, without waiting; the future fails with what {@link #earlier} throws. */
  CompletableFuture<Optional<Earlier>> earlierLater(PlaceOrder request, CartContents contents) {
    return queued
        .find(request.userId(), RequestKeys.of(request))
        .thenApply(found -> found.map(used -> judged(request, contents, used)));
  }

  private Earlier judged(PlaceOrder request, @Nullable CartContents contents, Used used) {
    Order order =
        orders
            .find(used.orderId())
            .orElseThrow(
                () -> new NotFoundException("no order " + used.orderId() + " of this caller"));
    boolean sameCart = contents == null || contents.sameAs(used.contents());
    if (sameCart && used.bodyHash().equals(RequestKeys.bodyHash(request))) {
      return new Earlier(order, true);
    }
    boolean follows =
        !sameCart && request.idempotencyKey() == null && order.status() != OrderStatus.CREATED;
    if (!follows) {
      throw new IdempotencyConflictException(order.id(), order.orderNumber());
    }
    return new Earlier(order, false);
  }

  /** An order placed earlier in the same host transaction, invisible to others. */
  record Uncommitted(UUID orderId, String orderNumber) {}

  /**
   * Returns the order that has the key, if only the transaction that was refused it can see that.
   *
   * @throws IdempotencyConflictException if the request is not that order's
   */
  Optional<Uncommitted> uncommitted(PlaceOrder request, CartContents contents, Failure taken) {
    Map<String, String> details = taken.details();
    String order = details.get(KeyEffect.ORDER_ID);
    String number = details.get(KeyEffect.ORDER_NUMBER);
    String lines = details.get(KeyEffect.LINES_HASH);
    if (order == null || number == null || lines == null) {
      return Optional.empty();
    }
    UUID id = UUID.fromString(order);
    if (orders.find(id).isPresent()) {
      return Optional.empty();
    }
    CartContents then = new CartContents(lines, details.get(KeyEffect.VERSION_HASH));
    if (!contents.sameAs(then)
        || !RequestKeys.bodyHash(request).equals(details.get(KeyEffect.BODY_HASH))) {
      throw new IdempotencyConflictException(id, number);
    }
    return Optional.of(new Uncommitted(id, number));
  }
}
