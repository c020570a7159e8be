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
 * What a live order saga remembers. The card token stands only here, and only until the payment is
 * decided. The hold token proves that a change of the order's stock is the order's own.
 */
record OrderSagaData(
    UUID orderId,
    String orderNumber,
    UUID userId,
    UUID cartId,
    UUID addressId,
    long amount,
    String currency,
    List<OrderLine> lines,
    String method,
    @Nullable CardToken cardToken,
    String key,
    String bodyHash,
    UUID transactionId,
    boolean paid,
    UUID holdToken,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Trace trace,
    @JsonIgnore @Nullable Placement placement) {
  /**
   * What only the first commit needs; never stored.
   *
   * @param contents what the cart holds
   * @param follows the order of the same cart whose key this one takes over, or null
   */
  record Placement(CartContents contents, @Nullable UUID follows) {}

  OrderSagaData decided(boolean approved) {
    return new OrderSagaData(
        orderId,
        orderNumber,
        userId,
        cartId,
        addressId,
        amount,
        currency,
        lines,
        method,
        null,
        key,
        bodyHash,
        transactionId,
        approved,
        holdToken,
        trace,
        placement);
  }

  OrderSagaData numbered(String number) {
    return new OrderSagaData(
        orderId,
        number,
        userId,
        cartId,
        addressId,
        amount,
        currency,
        lines,
        method,
        cardToken,
        key,
        bodyHash,
        transactionId,
        paid,
        holdToken,
        trace,
        placement);
  }

  /** The same, as a purchase that follows an earlier one with the same cart. */
  OrderSagaData following(@Nullable UUID earlier) {
    return new OrderSagaData(
        orderId,
        orderNumber,
        userId,
        cartId,
        addressId,
        amount,
        currency,
        lines,
        method,
        cardToken,
        key,
        bodyHash,
        transactionId,
        paid,
        holdToken,
        trace,
        new Placement(contents(), earlier));
  }

  /** What the cart holds; known until the first commit. */
  CartContents contents() {
    return placing().contents();
  }

  private Placement placing() {
    return Objects.requireNonNull(placement, "an order is placed once");
  }

  /** The key is this order's from now on; the order that it follows keeps its own aside. */
  List<KeyEffect> claim() {
    KeyEffect claim = new KeyEffect.Claim(userId, key, bodyHash, contents(), orderId);
    UUID follows = placing().follows();
    return follows == null
        ? List.of(claim)
        : List.of(new KeyEffect.Retire(userId, key, follows), claim);
  }

  /** Nothing is to be paid: no provider is asked, and there is no charge. */
  boolean free() {
    return amount == 0;
  }

  OrderView view() {
    return new OrderView(orderId, orderNumber, userId, addressId, amount, currency, lines);
  }

  List<StockLine> stockLines() {
    return lines.stream().map(line -> new StockLine(line.productId(), line.quantity())).toList();
  }

  List<UUID> products() {
    return lines.stream().map(OrderLine::productId).toList();
  }
}
