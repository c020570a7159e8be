package com.techcorp.order.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.techcorp.inventory.StockLine;
import com.techcorp.messaging.TraceContext.Trace;
import com.techcorp.order.OrderLine;
import com.techcorp.order.OrderView;
import com.techcorp.payment.CardToken;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a live order saga remembers. The card token stands only here, and only until the payment is
 * decided.
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
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Trace trace) {
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
        trace);
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
        trace);
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
