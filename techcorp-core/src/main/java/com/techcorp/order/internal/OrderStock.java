package com.techcorp.order.internal;

import com.techcorp.inventory.StockLine;
import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.Step;
import com.techcorp.storage.Effect;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The stock part of an order's saga; it depends on where the stock is kept. */
interface OrderStock {
  /** The name of the step that holds stock. */
  String RESERVE = "reserve";

  /** Holds it; and gives it back when the order does not come about. */
  Step<OrderSagaData> reserve();

  /** While the payment is undecided: sees to it that the hold lasts. */
  void keep(OrderSagaData d, RemoteCall.Context call);

  /** Returns the steps between the payment and the confirmation. */
  List<Step<OrderSagaData>> sell();

  /** Returns the stock effects of the confirmation. */
  List<Effect> sold(OrderSagaData d);

  /** Returns the stock effect of cancelling a confirmed order. */
  Effect takenBack(UUID orderId, List<StockLine> lines, @Nullable UUID holdToken);

  /** Sagas beside the order's own. */
  List<SagaDefinition<?>> definitions();
}
