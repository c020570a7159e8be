package com.techcorp.order.internal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.techcorp.inventory.StockLine;
import com.techcorp.messaging.TraceContext.Trace;
import com.techcorp.order.CartContents;
import com.techcorp.order.OrderLine;
import com.techcorp.order.OrderView;
import com.techcorp.order.spi.KeyEffect;
import com.techcorp.payment.CardToken;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The data of a live order saga.
 *
 * @param order what was ordered, as a host's steps see it
 * @param cartId the cart it was made from
 * @param request the key it holds
 * @param charge how it is paid
 * @param holdToken proves that a change of the order's stock is the order's own
 * @param trace the trace that it was placed in
 * @param placement what only the first commit needs; never stored
 */
record OrderSagaData(
    OrderView order,
    UUID cartId,
    Request request,
    Charge charge,
    UUID holdToken,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Trace trace,
    @JsonIgnore @Nullable Placement placement) {
  /**
   * The request that placed the order.
   *
   * @param key its idempotency key
   * @param bodyHash hexadecimal SHA-256 of what it asked for
   */
  record Request(String key, String bodyHash) {}

  /**
   * How an order is paid.
   *
   * @param method such as {@code credit_card}
   * @param cardToken stands only here, and only until the payment is decided
   * @param transactionId our reference at the provider
   * @param paid whether it was charged
   */
  record Charge(String method, @Nullable CardToken cardToken, UUID transactionId, boolean paid) {}

  /**
   * The data that only the first commit needs; never stored.
   *
   * @param contents what the cart holds
   * @param follows the order of the same cart whose key this one takes over, or null
   */
  record Placement(CartContents contents, @Nullable UUID follows) {}

  OrderSagaData decided(boolean approved) {
    Charge decided = new Charge(charge.method, null, charge.transactionId, approved);
    return new OrderSagaData(order, cartId, request, decided, holdToken, trace, placement);
  }

  OrderSagaData numbered(String number) {
    OrderView numbered =
        new OrderView(
            order.orderId(),
            number,
            order.userId(),
            order.shippingAddressId(),
            order.amount(),
            order.currency(),
            order.lines());
    return new OrderSagaData(numbered, cartId, request, charge, holdToken, trace, placement);
  }

  /** The same, as a purchase that follows an earlier one with the same cart. */
  OrderSagaData following(@Nullable UUID earlier) {
    Placement following = new Placement(contents(), earlier);
    return new OrderSagaData(order, cartId, request, charge, holdToken, trace, following);
  }

  /** Returns the contents of the cart; known until the first commit. */
  CartContents contents() {
    return placing().contents();
  }

  private Placement placing() {
    return Objects.requireNonNull(placement, "an order is placed once");
  }

  /** The key is this order's from now on; the order that it follows keeps its own aside. */
  List<KeyEffect> claim() {
    KeyEffect claim = new KeyEffect.Claim(userId(), key(), request.bodyHash, contents(), orderId());
    UUID follows = placing().follows();
    return follows == null
        ? List.of(claim)
        : List.of(new KeyEffect.Retire(userId(), key(), follows), claim);
  }

  /** Nothing is to be paid: no provider is asked, and there is no charge. */
  boolean free() {
    return amount() == 0;
  }

  UUID orderId() {
    return order.orderId();
  }

  String orderNumber() {
    return order.orderNumber();
  }

  UUID userId() {
    return order.userId();
  }

  UUID addressId() {
    return order.shippingAddressId();
  }

  long amount() {
    return order.amount();
  }

  String currency() {
    return order.currency();
  }

  List<OrderLine> lines() {
    return order.lines();
  }

  String key() {
    return request.key;
  }

  String method() {
    return charge.method;
  }

  @Nullable CardToken cardToken() {
    return charge.cardToken;
  }

  /** Returns what no text may show: the card token, until the payment is decided. */
  List<String> secrets() {
    CardToken token = cardToken();
    return token == null ? List.of() : List.of(token.value());
  }

  UUID transactionId() {
    return charge.transactionId;
  }

  boolean paid() {
    return charge.paid;
  }

  List<StockLine> stockLines() {
    return lines().stream().map(line -> new StockLine(line.productId(), line.quantity())).toList();
  }

  List<UUID> products() {
    return lines().stream().map(OrderLine::productId).toList();
  }
}
