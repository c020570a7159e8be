package com.techcorp.order;

import com.techcorp.messaging.EventStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The types of an order's events. Those with a routing key are published. */
public enum OrderEventType {
  /** The order was accepted. */
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
  /** The order was shipped. */
  SHIPPED("order.shipped"),
  /** Arrived. */
  DELIVERED("order.delivered");

  /** The type of the {@link EventStream} that an order's published events are. */
  public static final String STREAM = "order";

  private static final Set<String> ROUTING_KEYS =
      Arrays.stream(values())
          .flatMap(type -> type.routingKey().stream())
          .collect(Collectors.toUnmodifiableSet());

  private final @Nullable String routingKey;

  OrderEventType(@Nullable String routingKey) {
    this.routingKey = routingKey;
  }

  /**
   * Returns the routing key under which it is published.
   *
   * @return the routing key, or empty if it is not published
   */
  public Optional<String> routingKey() {
    return Optional.ofNullable(routingKey);
  }

  /**
   * Returns the stream of an order's published events, which is ordered.
   *
   * @param orderId the order
   * @return the stream
   */
  public static EventStream streamOf(UUID orderId) {
    return new EventStream(STREAM, orderId);
  }

  /**
   * Returns all routing keys of an order's published events. An order's events count without a gap
   * only over all of them.
   *
   * @return the routing keys
   */
  public static Set<String> routingKeys() {
    return ROUTING_KEYS;
  }
}
