package com.techcorp.order.internal;

import com.techcorp.error.Failure;
import com.techcorp.error.OverloadedException;
import com.techcorp.error.TechCorpException;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.inventory.ReservationResult;
import com.techcorp.inventory.StockLine;
import com.techcorp.inventory.spi.KnownShortages;
import com.techcorp.inventory.spi.ReservationAnswer;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.order.InventoryOptions;
import com.techcorp.order.OrderEvent;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderOptions;
import com.techcorp.order.spi.OrderStore;
import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.Step;
import com.techcorp.saga.StepResult;
import com.techcorp.saga.spi.SagaJournal;
import com.techcorp.storage.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stock in another database: held by a call, sold by the event {@code payment.confirmed}, whose
 * answer the saga waits for. A time-out is no answer: the inventory is then asked to cancel, and
 * says which of the two came first.
 */
final class RemoteOrderStock implements OrderStock {
  private static final Logger log = LoggerFactory.getLogger(RemoteOrderStock.class);

  private final InventoryReserver inventory;
  private final SagaJournal journal;
  private final OrderStore orders;
  private final OrderOptions options;
  private final InventoryOptions times;
  private final StockReturnSaga returns;
  private final KnownShortages known;

  RemoteOrderStock(
      InventoryReserver inventory,
      SagaJournal journal,
      OrderStore orders,
      OrderOptions options,
      KnownShortages known) {
    this.inventory = inventory;
    this.journal = journal;
    this.orders = orders;
    this.options = options;
    this.times = options.inventory();
    this.returns = new StockReturnSaga(inventory, times);
    this.known = known;
  }

  @Override
  public Step<OrderSagaData> reserve() {
    return RemoteStep.<OrderSagaData>named(RESERVE, this::hold)
        .calling(CalledServices.INVENTORY)
        .forcedBy((d, call) -> verified(hold(d, call)))
        .undoneBy(this::giveBack)
        .abandonedBy((d, why) -> List.of(returns.begin(d.orderId(), d.holdToken())))
        .decideWithin(d -> times.reserveWithin())
        .retrying(times.retry())
        .callTimeout(times.callTimeout());
  }

  /**
   * Holds the stock by a call; also cancels after a shortage, because an earlier attempt may still
   * arrive.
   */
  private StepResult<OrderSagaData> hold(OrderSagaData d, RemoteCall.Context call) {
    ReservationResult result;
    try {
      result = inventory.reserve(d.orderId(), d.holdToken(), d.stockLines(), options.holdTime());
    } catch (OverloadedException e) {
      return StepResult.retry("the inventory is overloaded: " + e.getMessage());
    }
    if (result instanceof ReservationResult.Done) {
      d.stockLines().forEach(this::held);
      return StepResult.done(d);
    }
    if (result instanceof ReservationResult.OutOfStock shortfall) {
      if (!call.undecided()) { // else it may be the answer of a while ago
        fellShort(shortfall.productId(), d.stockLines());
      }
      inventory.release(d.orderId(), d.holdToken());
      return StepResult.rejected(
          new Failure(
              StockEffect.OUT_OF_STOCK,
              "product " + shortfall.productId() + " falls short",
              Map.of("detail", shortfall.productId().toString())));
    }
    return StepResult.rejected(refused(((ReservationResult.Refused) result).message()));
  }

  /** There was more than is known. */
  private void held(StockLine line) {
    OptionalLong most = known.atMost(line.productId());
    if (most.isPresent() && most.getAsLong() < line.quantity()) {
      known.forget(line.productId());
    }
  }

  /** The inventory does not say how many units there are: fewer than were asked for. */
  private void fellShort(UUID productId, List<StockLine> lines) {
    for (StockLine line : lines) {
      if (line.productId().equals(productId)) {
        known.refused(productId, line.quantity() - 1);
      }
    }
  }

  /**
   * Releases the hold at once if the inventory is reachable, so that a customer's own hold does not
   * block a second try. If it is away, the order does not wait for it: what must go back does so by
   * a saga of its own.
   */
  private StepResult<OrderSagaData> giveBack(OrderSagaData d, RemoteCall.Context call) {
    try {
      if (returns.isReturned(d.orderId(), d.holdToken())) {
        return StepResult.done(d);
      }
    } catch (TechCorpException e) {
      log.info("The stock of order {} goes back later: {}", d.orderId(), e.getMessage());
    }
    return StepResult.done(d, returns.begin(d.orderId(), d.holdToken()));
  }

  private static Failure refused(String message) {
    return Failure.of(StockEffect.RESERVATION_STATE, message);
  }

  /** Extends the hold after half of its time, never beyond the cap. */
  @Override
  public void keep(OrderSagaData d, RemoteCall.Context call) {
    Duration left = options.holdCap().minus(call.age());
    boolean early = call.age().compareTo(options.holdTime().dividedBy(2)) < 0;
    if (early || left.isNegative() || left.isZero()) {
      return;
    }
    Duration longer = left.compareTo(options.holdTime()) < 0 ? left : options.holdTime();
    try {
      ReservationResult result = inventory.extend(d.orderId(), d.holdToken(), longer);
      if (!(result instanceof ReservationResult.Done)) {
        log.info("The hold of order {} ended before its payment was decided", d.orderId());
      }
    } catch (TechCorpException e) {
      // The payment is asked for all the same, and the hold again at the next look.
      log.warn("The hold of order {} could not be prolonged: {}", d.orderId(), e.getMessage());
    }
  }

  /**
   * Giving up the wait needs nothing of its own: the way back cancels what was held or sold. A free
   * order publishes no {@code payment.confirmed}, so its saga asks the inventory to sell.
   */
  @Override
  public List<Step<OrderSagaData>> sell() {
    return List.of(
        RemoteStep.<OrderSagaData>named(
                "sell", (d, call) -> d.free() ? confirmed(d) : answer(d, call))
            .calling(CalledServices.INVENTORY)
            .forcedBy((d, call) -> verified(confirmed(d)))
            .abandonedBy((d, why) -> List.of())
            .decideWithin(d -> d.free() ? times.confirmWithin() : null)
            .retrying(times.retry())
            .callTimeout(times.callTimeout()));
  }

  private StepResult<OrderSagaData> answer(OrderSagaData d, RemoteCall.Context call) {
    Optional<ReservationAnswer> answer = StockAnswers.received(journal, d.orderId());
    if (answer.isPresent()) {
      return answer.get() == ReservationAnswer.CONFIRMED
          ? StepResult.done(d)
          : StepResult.rejected(refused("the inventory has no hold to sell"));
    }
    if (waited(d.orderId(), call).compareTo(times.confirmWithin()) < 0) {
      return StepResult.unknown("the inventory has not answered payment.confirmed yet");
    }
    return inventory.release(d.orderId(), d.holdToken()) instanceof ReservationResult.Done
        ? StepResult.rejected(
            Failure.of(Failure.EXPIRED, "the inventory did not sell in time, and cancelled"))
        : StepResult.done(d);
  }

  /** Since the payment, as of when the saga was last taken up. */
  private Duration waited(UUID orderId, RemoteCall.Context call) {
    List<OrderEvent> events = orders.events(orderId);
    return events.stream()
        .filter(event -> event.type() == OrderEventType.PAID)
        .findFirst()
        .map(paid -> Duration.between(events.get(0).createdAt(), paid.createdAt()))
        .map(call.age()::minus)
        .orElse(Duration.ZERO);
  }

  private StepResult<OrderSagaData> confirmed(OrderSagaData d) {
    ReservationResult result = inventory.confirm(d.orderId(), d.holdToken());
    return result instanceof ReservationResult.Refused refusal
        ? StepResult.rejected(refused(refusal.message()))
        : StepResult.done(d);
  }

  /** An operator may say that it is done; the inventory must say so too. */
  private static StepResult<OrderSagaData> verified(StepResult<OrderSagaData> result) {
    return result instanceof StepResult.Done<OrderSagaData>
        ? result
        : StepResult.unknown("not forced: the inventory does not confirm it");
  }

  /** Returns nothing to write: the inventory sold the stock in its own transaction. */
  @Override
  public List<Effect> sold(OrderSagaData d) {
    return List.of();
  }

  @Override
  public Effect takenBack(UUID orderId, List<StockLine> lines, @Nullable UUID holdToken) {
    return returns.begin(orderId, holdToken);
  }

  @Override
  public List<SagaDefinition<?>> definitions() {
    return List.of(returns.definition());
  }
}
