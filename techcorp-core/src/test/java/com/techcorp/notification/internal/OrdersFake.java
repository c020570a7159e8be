package com.techcorp.notification.internal;

import com.techcorp.order.Order;
import com.techcorp.order.OrderEvent;
import com.techcorp.order.spi.OrderStore;
import com.techcorp.saga.SagaOutcome;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Orders to be looked up by id. */
final class OrdersFake implements OrderStore {
  private final Map<UUID, Order> orders = new HashMap<>();

  void put(Order order) {
    orders.put(order.id(), order);
  }

  int size() {
    return orders.size();
  }

  @Override
  public Optional<Order> find(UUID orderId) {
    return Optional.ofNullable(orders.get(orderId));
  }

  @Override
  public Optional<UUID> holdToken(UUID orderId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Order> findByNumber(String orderNumber) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Order> ofCustomer(UUID userId, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<OrderEvent> events(UUID orderId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<UUID, SagaOutcome> outcomes(Collection<UUID> orderIds) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<NumberBlock> reserveNumbers(int blocks) {
    throw new UnsupportedOperationException();
  }
}
