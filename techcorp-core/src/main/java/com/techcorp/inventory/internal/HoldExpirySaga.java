package com.techcorp.inventory.internal;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.inventory.Reservation;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockLedger;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.StepResult;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.Effect;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Releases a host's hold that was not confirmed in time, by a saga that waits, so that no job
 * sweeps a table. An order's own hold does not need it; its saga watches the time itself.
 */
public final class HoldExpirySaga {
  private static final String NAME = "hold-expiry";
  private static final String STEP = "expire";

  private final StockLedger ledger;

  /**
   * Creates the saga on a stock ledger.
   *
   * @param ledger reads which stock is still held, and until when
   */
  public HoldExpirySaga(StockLedger ledger) {
    this.ledger = ledger;
  }

  /**
   * The data of a hold's expiry.
   *
   * @param orderId whose hold
   */
  record Hold(UUID orderId) {}

  /**
   * Returns the definition, for the engine.
   *
   * @return the saga
   */
  public SagaDefinition<?> definition() {
    return SagaDefinition.named(NAME, Hold.class)
        .irrevocable()
        .step(
            RemoteStep.<Hold>named(STEP, this::expire)
                .calling(RemoteStep.STORAGE)
                .retrying(
                    RetryPolicy.doubling(
                        Duration.ofMillis(200), Duration.ofSeconds(5), Integer.MAX_VALUE))
                .thenPark())
        .historyKeptBy(ids -> java.util.Map.of())
        .build();
  }

  Effect begin(UUID orderId, Duration timeToLive) {
    return new SagaEffect.Create(
        UuidCreator.getTimeOrderedEpoch(),
        NAME,
        1,
        true,
        SagaPosition.due(STEP, "{\"orderId\":\"" + orderId + "\"}", timeToLive));
  }

  /** An extended hold is looked at again; one that was confirmed or given back needs nothing. */
  private StepResult<Hold> expire(Hold hold, RemoteCall.Context call) {
    List<Reservation> held =
        ledger.reservations(hold.orderId()).stream()
            .filter(r -> r.status() == ReservationStatus.PENDING)
            .toList();
    if (held.isEmpty()) {
      return StepResult.done(hold);
    }
    Duration extended = Duration.between(held.get(0).createdAt(), held.get(0).expiresAt());
    if (call.age().compareTo(extended) < 0) {
      return StepResult.retry("the hold was extended to " + held.get(0).expiresAt());
    }
    List<UUID> products = held.stream().map(Reservation::productId).toList();
    return StepResult.done(
        hold,
        new StockEffect.Release(
            hold.orderId(), products, ReservationStatus.EXPIRED, held.get(0).holdToken()));
  }
}
