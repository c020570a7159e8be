package com.techcorp.order.internal;

import com.techcorp.error.InvalidInputException;
import com.techcorp.error.NotFoundException;
import com.techcorp.order.Order;
import com.techcorp.order.OrderEvent;
import com.techcorp.order.OrderHistory;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.OrderSaga;
import com.techcorp.order.PlaceOrder;
import com.techcorp.order.spi.OrderStore;
import com.techcorp.storage.UnitOfWork;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** The API of orders: {@link OrderPlacement} places them, {@link OrderCommands} changes them. */
final class DefaultOrderSaga implements OrderSaga {
  private final OrderPlacement placement;
  private final OrderReceipts receipts;
  private final OrderCommands commands;
  private final OrderStore orders;

  DefaultOrderSaga(
      OrderPlacement placement, OrderReceipts receipts, OrderCommands commands, OrderStore orders) {
    this.placement = placement;
    this.receipts = receipts;
    this.commands = commands;
    this.orders = orders;
  }

  @Override
  public OrderReceipt place(PlaceOrder request) {
    return placement.place(request);
  }

  @Override
  public CompletableFuture<OrderReceipt> placeAsync(PlaceOrder request) {
    return placement.placeAsync(request);
  }

  @Override
  public OrderReceipt placeWithin(UnitOfWork transaction, PlaceOrder request) {
    return placement.placeWithin(transaction, request);
  }

  @Override
  public CompletableFuture<OrderOutcome> outcome(UUID orderId) {
    return receipts.outcome(orderId);
  }

  @Override
  public Optional<Order> find(UUID caller, UUID orderId) {
    return orders.find(orderId).filter(order -> order.userId().equals(caller));
  }

  @Override
  public List<Order> list(UUID caller, int limit) {
    if (limit < 1 || limit > 1_000) {
      throw new InvalidInputException("limit", "must be 1 to 1,000, was " + limit);
    }
    return orders.ofCustomer(caller, limit);
  }

  @Override
  public OrderReceipt cancel(UUID caller, UUID orderId, String reason) {
    Order order = find(caller, orderId).orElseThrow(() -> notFound(orderId));
    commands.cancel(order, reason);
    return receipts.of(order);
  }

  @Override
  public Order ship(UUID orderId) {
    commands.ship(required(orderId));
    return required(orderId);
  }

  @Override
  public Order deliver(UUID orderId) {
    commands.deliver(required(orderId));
    return required(orderId);
  }

  @Override
  public OrderHistory history(UUID orderId) {
    List<OrderEvent> events = orders.events(orderId);
    if (events.isEmpty()) {
      throw notFound(orderId);
    }
    return new OrderHistory(orderId, events);
  }

  private Order required(UUID orderId) {
    return orders.find(orderId).orElseThrow(() -> notFound(orderId));
  }

  private static NotFoundException notFound(UUID orderId) {
    return new NotFoundException("no order " + orderId + " of this caller");
  }
}
