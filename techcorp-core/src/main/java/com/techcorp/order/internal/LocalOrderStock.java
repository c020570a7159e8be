package com.techcorp.order.internal;

import com.techcorp.error.Failure;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLine;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.order.OrderOptions;
import com.techcorp.saga.LocalStep;
import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.Step;
import com.techcorp.storage.Effect;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stock in the saga's own storage: its writes share the transactions of the order's. */
final class LocalOrderStock implements OrderStock {
  private final OrderOptions options;
  private final SoldOutDoor door;

  LocalOrderStock(OrderOptions options, SoldOutDoor door) {
    this.options = options;
    this.door = door;
  }

  @Override
  public Step<OrderSagaData> reserve() {
    LocalStep<OrderSagaData> reserve =
        LocalStep.<OrderSagaData>named(
                RESERVE,
                d ->
                    List.of(
                        new StockEffect.Hold(
                            d.orderId(), d.stockLines(), options.holdTime(), d.holdToken())))
            .compensatedBy(LocalOrderStock::release);
    return door.records()
        ? reserve.unless(d -> door.refusal(d.stockLines()))
        : reserve.orNotAtAll();
  }

  private static List<Effect> release(OrderSagaData d, Failure why) {
    ReservationStatus as =
        why.code().equals(Failure.EXPIRED) ? ReservationStatus.EXPIRED : ReservationStatus.RELEASED;
    return List.of(new StockEffect.Release(d.orderId(), d.products(), as, d.holdToken()));
  }

  /** The saga itself ends the hold, so there is nothing to prolong. */
  @Override
  public void keep(OrderSagaData d, RemoteCall.Context call) {}

  @Override
  public List<Step<OrderSagaData>> sell() {
    return List.of();
  }

  @Override
  public List<Effect> sold(OrderSagaData d) {
    return List.of(new StockEffect.Sell(d.orderId(), d.stockLines(), d.holdToken()));
  }

  @Override
  public Effect takenBack(UUID orderId, List<StockLine> lines, @Nullable UUID holdToken) {
    return new StockEffect.Reverse(orderId, lines, holdToken);
  }

  @Override
  public List<SagaDefinition<?>> definitions() {
    return List.of();
  }
}
