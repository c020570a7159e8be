package com.techcorp.order.internal;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.inventory.ReservationResult;
import com.techcorp.order.InventoryOptions;
import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.StepResult;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.Effect;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stock in another database that must go back, or must not be held any more. A saga of its own,
 * because an order is cancelled at once while the inventory may be away: cancel, and if it was sold
 * before, take the sale back; again and again until the inventory says that it is so.
 */
final class StockReturnSaga {
  private static final String NAME = "stock-return";
  private static final String STEP = "return";
  private static final int VERSION = 1;

  private final InventoryReserver inventory;
  private final InventoryOptions times;

  StockReturnSaga(InventoryReserver inventory, InventoryOptions times) {
    this.inventory = inventory;
    this.times = times;
  }

  /**
   * The data that the saga stores.
   *
   * @param orderId whose stock
   * @param holdToken of the order's hold
   */
  record Data(UUID orderId, @Nullable UUID holdToken) {}

  SagaDefinition<?> definition() {
    return SagaDefinition.named(NAME, Data.class)
        .version(VERSION)
        .irrevocable()
        .step(
            RemoteStep.<Data>named(STEP, this::giveBack)
                .calling(CalledServices.INVENTORY)
                .retrying(times.retry())
                .thenPark()
                .callTimeout(times.callTimeout()))
        .build();
  }

  Effect begin(UUID orderId, @Nullable UUID holdToken) {
    return new SagaEffect.Create(
        UuidCreator.getTimeOrderedEpoch(),
        NAME,
        VERSION,
        true,
        SagaPosition.due(STEP, data(orderId, holdToken), Duration.ZERO));
  }

  private static String data(UUID orderId, @Nullable UUID holdToken) {
    String token = holdToken == null ? "null" : "\"" + holdToken + "\"";
    return "{\"orderId\":\"" + orderId + "\",\"holdToken\":" + token + "}";
  }

  private StepResult<Data> giveBack(Data d, RemoteCall.Context call) {
    return isReturned(d.orderId(), d.holdToken())
        ? StepResult.done(d)
        : StepResult.unknown("neither cancelled nor taken back: its state has just changed");
  }

  /** Cancels, or takes the sale back; whether either is so now. */
  boolean isReturned(UUID orderId, @Nullable UUID holdToken) {
    return inventory.release(orderId, holdToken) instanceof ReservationResult.Done
        || inventory.reverse(orderId, holdToken) instanceof ReservationResult.Done;
  }
}
