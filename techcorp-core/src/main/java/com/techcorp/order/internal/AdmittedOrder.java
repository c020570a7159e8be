package com.techcorp.order.internal;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.inventory.StockLine;
import com.techcorp.messaging.TraceContext.Trace;
import com.techcorp.order.CartContents;
import com.techcorp.order.OrderLine;
import com.techcorp.order.OrderView;
import com.techcorp.order.PlaceOrder;
import com.techcorp.payment.CardToken;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request that was checked, and the cart it was priced for. It has no ids yet: most of a crowd at
 * a product that is sold out never need them.
 *
 * @param stock how many units of each product, in the order of {@link StockLine#summed}
 * @param contents what the cart holds
 */
record AdmittedOrder(
    PlaceOrder request,
    List<StockLine> stock,
    List<OrderLine> lines,
    long amount,
    String currency,
    CartContents contents,
    @Nullable Trace trace) {

  /** Returns the order as it begins. Each call draws fresh ids. */
  OrderSagaData order(String number) {
    OrderView order =
        new OrderView(
            UuidCreator.getTimeOrderedEpoch(),
            number,
            request.userId(),
            request.shippingAddressId(),
            amount,
            currency,
            lines);
    CardToken token = amount == 0 ? null : request.payment().cardToken(); // else never erased
    return new OrderSagaData(
        order,
        request.cartId(),
        new OrderSagaData.Request(RequestKeys.of(request), RequestKeys.bodyHash(request)),
        new OrderSagaData.Charge(
            request.payment().method(), token, UuidCreator.getTimeOrderedEpoch(), false),
        UUID.randomUUID(),
        trace,
        new OrderSagaData.Placement(contents, null));
  }
}
