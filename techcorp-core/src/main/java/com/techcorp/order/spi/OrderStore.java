package com.techcorp.order.spi;

import com.techcorp.order.Order;
import com.techcorp.order.OrderEvent;
import com.techcorp.saga.SagaOutcome;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Orders as a storage keeps them; written through {@link OrderEffect}s, read here. Thread-safe;
 * throws {@link com.techcorp.error.UnavailableException} when the storage cannot be reached.
 */
public interface OrderStore {
  /**
   * Looks up an order by id.
   *
   * @param orderId its id
   * @return the order, or empty
   */
  Optional<Order> find(UUID orderId);

  /**
   * Returns the token that authorises changes of an order's stock. Not part of {@link Order}: it is
   * not for hosts.
   *
   * @param orderId the order
   * @return its hold token, or empty if it has none
   */
  Optional<UUID> holdToken(UUID orderId);

  /**
   * Looks up an order by its number.
   *
   * @param orderNumber such as {@code TC-2024-001234}
   * @return the order, or empty
   */
  Optional<Order> findByNumber(String orderNumber);

  /**
   * Lists a customer's orders, newest first.
   *
   * @param userId whose
   * @param limit how many at the most
   * @return newest first
   */
  List<Order> ofCustomer(UUID userId, int limit);

  /**
   * Returns the events of an order, oldest first.
   *
   * @param orderId its id
   * @return oldest first; empty if there is no such order
   */
  List<OrderEvent> events(UUID orderId);

  /**
   * Returns how orders' sagas ended.
   *
   * @param orderIds the orders that callers wait for
   * @return one entry an order that is no longer CREATED: without failure if it was confirmed, else
   *     the cancellation's reason as the failure's code, and its detail as {@code detail}
   */
  Map<UUID, SagaOutcome> outcomes(Collection<UUID> orderIds);

  /**
   * Reserves blocks of order numbers. They are unique for ever; those not used leave a gap.
   *
   * @param blocks how many blocks, at least 1
   * @return that many blocks of numbers
   */
  List<NumberBlock> reserveNumbers(int blocks);

  /**
   * A block of reserved numbers.
   *
   * @param year the storage's current year, UTC
   * @param first the first
   * @param count how many
   */
  record NumberBlock(int year, long first, int count) {}
}
