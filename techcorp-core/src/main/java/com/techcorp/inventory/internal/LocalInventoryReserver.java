package com.techcorp.inventory.internal;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.error.Failure;
import com.techcorp.error.IllegalTransitionException;
import com.techcorp.error.InvalidInputException;
import com.techcorp.error.UnavailableException;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.inventory.Reservation;
import com.techcorp.inventory.ReservationResult;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLevel;
import com.techcorp.inventory.StockLine;
import com.techcorp.inventory.spi.HoldRequestEffect;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockLedger;
import com.techcorp.saga.spi.CommandExecutor;
import com.techcorp.storage.Effect;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reserves in the saga's own storage, through the engine's group commit: a host's direct calls and
 * the order sagas share transactions and lock order.
 */
public final class LocalInventoryReserver implements InventoryReserver {
  private static final int ATTEMPTS = 5;
  private static final Duration LONGEST = Duration.ofDays(365);

  private final CommandExecutor commands;
  private final StockLedger ledger;
  private final HoldExpirySaga expiry;
  private final Predicate<UUID> orderUnderWay;

  /**
   * Creates the service on the engine's commands.
   *
   * @param commands commits
   * @param ledger reads
   * @param expiry releases unconfirmed holds
   * @param orderUnderWay whether an order saga decides about the stock of this id
   */
  public LocalInventoryReserver(
      CommandExecutor commands,
      StockLedger ledger,
      HoldExpirySaga expiry,
      Predicate<UUID> orderUnderWay) {
    this.commands = commands;
    this.ledger = ledger;
    this.expiry = expiry;
    this.orderUnderWay = orderUnderWay;
  }

  private void notOfAnOrder(UUID orderId, @Nullable UUID holdToken) {
    if (holdToken == null && orderUnderWay.test(orderId)) {
      throw ofTheOrder(orderId);
    }
  }

  private static IllegalTransitionException ofTheOrder(UUID orderId) {
    return new IllegalTransitionException(
        "the stock of order "
            + orderId
            + " is the order's own, and its hold token was not given: cancel the order instead");
  }

  /**
   * Returns the reservations under this id, unless an order holds it and the token is not that
   * order's.
   */
  private List<Reservation> held(UUID orderId, @Nullable UUID holdToken) {
    List<Reservation> held = ledger.reservations(orderId);
    if (held.stream().anyMatch(r -> r.holdToken() != null && !r.holdToken().equals(holdToken))) {
      throw ofTheOrder(orderId);
    }
    return held;
  }

  /** An order's token does not open what a host holds. */
  private static boolean isAnothers(List<Reservation> held, @Nullable UUID holdToken) {
    return held.stream().anyMatch(r -> !Objects.equals(r.holdToken(), holdToken));
  }

  @Override
  public ReservationResult reserve(
      UUID orderId, @Nullable UUID holdToken, List<StockLine> lines, Duration timeToLive) {
    if (lines.isEmpty()) {
      throw new InvalidInputException("lines", "at least one is needed");
    }
    checkTime(timeToLive);
    List<StockLine> summed = StockLine.summed(lines);
    Failure refusal =
        commands.write(
            WriteSet.of(
                orderId,
                new HoldRequestEffect(orderId, HoldRequestEffect.Kind.RESERVE),
                new StockEffect.Hold(orderId, summed, timeToLive, holdToken),
                expiry.begin(orderId, timeToLive)));
    if (refusal == null) {
      return new ReservationResult.Done();
    }
    if (refusal.code().equals(StockEffect.OUT_OF_STOCK)) {
      return new ReservationResult.OutOfStock(
          UUID.fromString(String.valueOf(refusal.details().get("detail"))));
    }
    List<Reservation> held = ledger.reservations(orderId);
    if (held.isEmpty()) {
      return ReservationResults.cancelled(orderId);
    }
    return isAnothers(held, holdToken)
        ? ReservationResults.refused(held, "reserved by another: an order, or a host")
        : ReservationResults.repeated(held, summed);
  }

  @Override
  public ReservationResult confirm(UUID orderId, @Nullable UUID holdToken) {
    notOfAnOrder(orderId, holdToken);
    return settle(
        orderId,
        holdToken,
        ReservationStatus.PENDING,
        ReservationStatus.CONFIRMED,
        lines -> new StockEffect.Sell(orderId, lines, holdToken));
  }

  @Override
  public ReservationResult release(UUID orderId, @Nullable UUID holdToken) {
    notOfAnOrder(orderId, holdToken);
    List<Reservation> held = held(orderId, holdToken);
    if (held.isEmpty()) {
      if (keepOut(orderId)) {
        return new ReservationResult.Done();
      }
      held = held(orderId, holdToken); // it was held in the meantime
    }
    return isAnothers(held, holdToken)
        ? new ReservationResult.Done()
        : giveBack(orderId, holdToken, held);
  }

  /** Leaves a tombstone; false if there is something to give back after all. */
  private boolean keepOut(UUID orderId) {
    Failure refusal =
        commands.write(
            WriteSet.of(orderId, new HoldRequestEffect(orderId, HoldRequestEffect.Kind.CANCEL)));
    return refusal == null
        || HoldRequestEffect.Kind.CANCEL.name().equals(refusal.details().get("detail"));
  }

  private ReservationResult giveBack(
      UUID orderId, @Nullable UUID holdToken, List<Reservation> held) {
    if (held.stream().anyMatch(r -> r.status() == ReservationStatus.CONFIRMED)) {
      return ReservationResults.refused(held, "reverse it");
    }
    if (held.stream().noneMatch(r -> r.status() == ReservationStatus.PENDING)) {
      return new ReservationResult.Done();
    }
    List<UUID> products = held.stream().map(Reservation::productId).toList();
    write(
        orderId, new StockEffect.Release(orderId, products, ReservationStatus.RELEASED, holdToken));
    List<Reservation> after = ledger.reservations(orderId);
    return after.stream().anyMatch(r -> r.status() == ReservationStatus.CONFIRMED)
        ? ReservationResults.refused(after, "it was sold in the meantime; reverse it")
        : new ReservationResult.Done();
  }

  @Override
  public ReservationResult reverse(UUID orderId, @Nullable UUID holdToken) {
    notOfAnOrder(orderId, holdToken);
    return settle(
        orderId,
        holdToken,
        ReservationStatus.CONFIRMED,
        ReservationStatus.REVERSED,
        lines -> new StockEffect.Reverse(orderId, lines, holdToken));
  }

  @Override
  public ReservationResult extend(UUID orderId, @Nullable UUID holdToken, Duration timeToLive) {
    checkTime(timeToLive);
    notOfAnOrder(orderId, holdToken);
    held(orderId, holdToken);
    Failure refusal =
        commands.write(
            WriteSet.of(orderId, new StockEffect.Extend(orderId, timeToLive, holdToken)));
    return refusal == null
        ? new ReservationResult.Done()
        : ReservationResults.refused(ledger.reservations(orderId), "only what is held can be kept");
  }

  private ReservationResult settle(
      UUID orderId,
      @Nullable UUID holdToken,
      ReservationStatus from,
      ReservationStatus to,
      Function<List<StockLine>, Effect> effect) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      List<Reservation> held = held(orderId, holdToken);
      if (isAnothers(held, holdToken)) {
        return ReservationResults.refused(held, "a host holds it, not the order");
      }
      if (!held.isEmpty() && held.stream().allMatch(r -> r.status() == to)) {
        return new ReservationResult.Done();
      }
      if (held.isEmpty() || held.stream().anyMatch(r -> r.status() != from)) {
        return ReservationResults.refused(held, "it must be " + from);
      }
      List<StockLine> lines =
          held.stream().map(r -> new StockLine(r.productId(), r.quantity())).toList();
      if (commands.write(WriteSet.of(orderId, effect.apply(lines))) == null) {
        return new ReservationResult.Done();
      }
    }
    throw new UnavailableException(
        "the reservation of order " + orderId + " changes too fast: try again");
  }

  private void write(UUID orderId, Effect effect) {
    Failure refusal = commands.write(WriteSet.of(orderId, effect));
    if (refusal != null) {
      throw new UnavailableException("refused: " + refusal.message());
    }
  }

  private static void checkTime(Duration timeToLive) {
    if (timeToLive.isNegative() || timeToLive.isZero() || timeToLive.compareTo(LONGEST) > 0) {
      throw new InvalidInputException("time_to_live", "must be positive and at most " + LONGEST);
    }
  }

  @Override
  public void restock(UUID productId, long quantity) {
    if (quantity <= 0) {
      throw new InvalidInputException("quantity", "must be positive, was " + quantity);
    }
    write(
        UuidCreator.getTimeOrderedEpoch(),
        new StockEffect.Restock(productId, quantity, StockEffect.MovementType.RECEIPT));
  }

  @Override
  public Map<UUID, StockLevel> levels(Collection<UUID> products) {
    return ledger.levels(products);
  }
}
