package com.techcorp.order.internal;

import com.techcorp.inventory.StockLine;
import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.Step;
import com.techcorp.storage.Effect;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an order's saga does with stock; it differs by where the stock is kept. */
interface OrderStock {
  /** The name of the step that holds stock. */
  String RESERVE = "reserve";

  /** Holds it; and gives it back when the order does not come about. */
  Step<OrderSagaData> reserve();

  /** While the payment is undecided: sees to it that the hold lasts. */
  void keep(OrderSagaData d, RemoteCall.Context call);

  /** What stands between the payment and the confirmation. */
  List<Step<OrderSagaData>> sell();

  /** What the confirmation writes of stock. */
  List<Effect> sold(OrderSagaData d);

  /** What the cancellation of a confirmed order writes of stock. */
  Effect takenBack(UUID orderId, List<StockLine> lines, @Nullable UUID holdToken);

  /** Sagas beside the order's own. */
  List<SagaDefinition<?>> definitions();
}
