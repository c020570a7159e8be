package com.techcorp.order;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can happen to an order. Those with a routing key are published. */
public enum OrderEventType {
  /** Accepted. */
  CREATED(null),
  /** Its charge was approved. */
  PAID("payment.confirmed"),
  /** Its stock is sold. */
  CONFIRMED("order.confirmed"),
  /** It ends without a sale. */
  CANCELLED("order.cancelled"),
  /** Its money is to go back. */
  REFUND_REQUESTED(null),
  /** Its money went back. */
  REFUNDED("payment.refunded"),
  /** On its way. */
  SHIPPED("order.shipped"),
  /** Arrived. */
  DELIVERED("order.delivered");

  private static final Set<String> ROUTING_KEYS =
      Arrays.stream(values())
          .flatMap(type -> type.routingKey().stream())
          .collect(Collectors.toUnmodifiableSet());

  private final @Nullable String routingKey;

  OrderEventType(@Nullable String routingKey) {
    this.routingKey = routingKey;
  }

  /**
   * Under which name it is published.
   *
   * @return the routing key, or empty if it is not published
   */
  public Optional<String> routingKey() {
    return Optional.ofNullable(routingKey);
  }

  /**
   * All names under which something of an order is published. An order's events count without a gap
   * only over all of them.
   *
   * @return the routing keys
   */
  public static Set<String> routingKeys() {
    return ROUTING_KEYS;
  }
}
