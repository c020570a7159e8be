package com.techcorp.order.internal;

import com.techcorp.error.Failure;
import com.techcorp.json.JsonObject;
import com.techcorp.messaging.OutboxEffect;
import com.techcorp.messaging.TraceContext.Trace;
import com.techcorp.order.Order;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderHead;
import com.techcorp.order.OrderLine;
import com.techcorp.order.spi.OrderEffect;
import com.techcorp.payment.Amount;
import com.techcorp.storage.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Appends events to one order: each gives the event itself and, if its type is published, the event
 * for the outbox with the order's next sequence. Not thread-safe; one instance a transition.
 */
final class OrderEvents {
  private final UUID orderId;
  private final String orderNumber;
  private final UUID userId;
  private final @Nullable Trace trace;
  private final List<Effect> effects = new ArrayList<>();
  private OrderHead head;

  OrderEvents(
      UUID orderId, String orderNumber, UUID userId, @Nullable Trace trace, OrderHead head) {
    this.orderId = orderId;
    this.orderNumber = orderNumber;
    this.userId = userId;
    this.trace = trace;
    this.head = head;
  }

  /** Goes on where the order's chain stands. */
  static OrderEvents of(Order order, Traces traces) {
    return new OrderEvents(
        order.id(), order.orderNumber(), order.userId(), traces.of(order.id()), order.head());
  }

  /** Goes on where the order's own saga stands: created, or created and paid. */
  static OrderEvents soFar(OrderSagaData d) {
    OrderHead head = d.paid() ? OrderHead.PAID : OrderHead.CREATED;
    return new OrderEvents(d.orderId(), d.orderNumber(), d.userId(), d.trace(), head);
  }

  static OrderEffect.Create created(OrderSagaData order) {
    JsonObject.Builder data = JsonObject.builder();
    data.put("order_number", order.orderNumber());
    data.put("user_id", order.userId());
    data.put("cart_id", order.cartId());
    data.put("shipping_address_id", order.addressId());
    data.put("amount", order.amount());
    data.put("currency", order.currency());
    data.putObjects("items", order.lines().stream().map(OrderEvents::item).toList());
    Traces.put(order.trace(), data);
    return new OrderEffect.Create(
        order.orderId(),
        order.orderNumber(),
        order.userId(),
        order.cartId(),
        order.addressId(),
        new Amount(order.amount(), order.currency()),
        order.lines(),
        data.build().toString(),
        order.holdToken());
  }

  private static JsonObject item(OrderLine line) {
    return JsonObject.builder()
        .put("product_id", line.productId())
        .put("quantity", line.quantity())
        .put("unit_price", line.unitPrice())
        .build();
  }

  OrderEvents paid(UUID transactionId, long amount, String currency) {
    JsonObject.Builder data = money(amount, currency).put("transaction_id", transactionId);
    return append(OrderEventType.PAID, data.build());
  }

  OrderEvents confirmed() {
    return append(OrderEventType.CONFIRMED, JsonObject.EMPTY);
  }

  OrderEvents cancelled(String reason, @Nullable String detail) {
    JsonObject.Builder data = JsonObject.builder().put("reason", reason);
    if (detail != null) {
      data.put("detail", detail);
    }
    return append(OrderEventType.CANCELLED, data.build());
  }

  OrderEvents cancelled(Failure failure) {
    return cancelled(failure.code(), failure.details().get("detail"));
  }

  OrderEvents refundRequested(long amount, String currency) {
    return append(OrderEventType.REFUND_REQUESTED, money(amount, currency).build());
  }

  OrderEvents refunded(UUID refundId, long amount, String currency) {
    JsonObject.Builder data = money(amount, currency).put("refund_id", refundId);
    return append(OrderEventType.REFUNDED, data.build());
  }

  OrderEvents simple(OrderEventType type) {
    return append(type, JsonObject.EMPTY);
  }

  private static JsonObject.Builder money(long amount, String currency) {
    return JsonObject.builder().put("amount", amount).put("currency", currency);
  }

  private OrderEvents append(OrderEventType type, JsonObject data) {
    head = head.after(type, data);
    effects.add(new OrderEffect.Append(orderId, type, data.toString(), head));
    type.routingKey().ifPresent(key -> effects.add(published(key, data)));
    return this;
  }

  private Effect published(String key, JsonObject data) {
    int sequence = head.published();
    EventPayload payload = new EventPayload(orderId, orderNumber, userId, trace);
    return new OutboxEffect.Publish(
        payload.id(sequence),
        OrderEventType.streamOf(orderId),
        sequence,
        key,
        payload.of(key, sequence, data).build().toString());
  }

  List<Effect> effects() {
    return effects;
  }
}
