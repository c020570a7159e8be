package com.techcorp.order.internal;

import com.techcorp.error.TechCorpException;
import com.techcorp.error.TokenRedaction;
import com.techcorp.error.UnavailableException;
import com.techcorp.order.Order;
import com.techcorp.order.OrderHistory;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.OrderSaga;
import com.techcorp.order.PlaceOrder;
import com.techcorp.storage.UnitOfWork;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The edge to callers: whatever fails behind it, they see the library's own exceptions. An
 * unexpected failure becomes {@link UnavailableException}: the call may have succeeded, and
 * repeating the same key is safe.
 */
final class DocumentedOrders implements OrderSaga {
  private final OrderSaga orders;

  DocumentedOrders(OrderSaga orders) {
    this.orders = orders;
  }

  /** Returns the call's result; a receipt asks for its outcome later, without this class. */
  static <T> T documented(Supplier<T> call) {
    try {
      return call.get();
    } catch (TechCorpException e) {
      throw e;
    } catch (Throwable e) {
      throw new UnavailableException(
          "it failed unexpectedly, repeat it with the same key: " + TokenRedaction.NONE.reason(e),
          TokenRedaction.NONE.safe(e));
    }
  }

  @Override
  public OrderReceipt place(PlaceOrder request) {
    return documented(() -> orders.place(request));
  }

  @Override
  public CompletableFuture<OrderReceipt> placeAsync(PlaceOrder request) {
    try {
      return documented(() -> orders.placeAsync(request));
    } catch (TechCorpException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public OrderReceipt placeWithin(UnitOfWork transaction, PlaceOrder request) {
    return documented(() -> orders.placeWithin(transaction, request));
  }

  @Override
  public CompletableFuture<OrderOutcome> outcome(UUID orderId) {
    return documented(() -> orders.outcome(orderId));
  }

  @Override
  public Optional<Order> find(UUID caller, UUID orderId) {
    return documented(() -> orders.find(caller, orderId));
  }

  @Override
  public List<Order> list(UUID caller, int limit) {
    return documented(() -> orders.list(caller, limit));
  }

  @Override
  public OrderReceipt cancel(UUID caller, UUID orderId, String reason) {
    return documented(() -> orders.cancel(caller, orderId, reason));
  }

  @Override
  public Order ship(UUID orderId) {
    return documented(() -> orders.ship(orderId));
  }

  @Override
  public Order deliver(UUID orderId) {
    return documented(() -> orders.deliver(orderId));
  }

  @Override
  public OrderHistory history(UUID orderId) {
    return documented(() -> orders.history(orderId));
  }
}
