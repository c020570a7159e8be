package com.techcorp.testkit;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.error.Failure;
import com.techcorp.inventory.Reservation;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLevel;
import com.techcorp.inventory.StockLine;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.MovementType;
import com.techcorp.inventory.spi.StockLedger;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Stock, reservations and movements in memory. */
final class MemoryStock implements StockLedger {
  private final MemoryDatabase database;
  private final MemoryTable<UUID, StockLevel> levels;
  private final MemoryTable<UUID, List<Reservation>> reservations;
  private final MemoryTable<Integer, Movement> movements;

  /** Why a product's stock changed; reservations are not movements. */
  record Movement(UUID productId, @Nullable UUID orderId, long quantity, MovementType type) {}

  MemoryStock(MemoryDatabase database) {
    this.database = database;
    this.levels = new MemoryTable<>(database);
    this.reservations = new MemoryTable<>(database);
    this.movements = new MemoryTable<>(database);
  }

  @Nullable Failure apply(StockEffect effect) {
    if (effect instanceof StockEffect.Hold hold) {
      return hold(hold);
    } else if (effect instanceof StockEffect.Sell sell) {
      return sell(sell);
    } else if (effect instanceof StockEffect.Release release) {
      release(release);
      return null;
    } else if (effect instanceof StockEffect.Reverse reverse) {
      return reverse(reverse);
    } else if (effect instanceof StockEffect.Restock restock) {
      return restock(restock);
    }
    return extend((StockEffect.Extend) effect);
  }

  private @Nullable Failure hold(StockEffect.Hold hold) {
    if (!held(hold.orderId()).isEmpty()) {
      return state("the order has reservations already");
    }
    List<StockLine> lines = StockLine.summed(hold.lines());
    for (StockLine line : lines) {
      if (level(line.productId()).available() < line.quantity()) {
        return shortOf(line.productId());
      }
    }
    lines.forEach(line -> change(line.productId(), -line.quantity(), line.quantity()));
    Instant now = database.now();
    Instant expiresAt = now.plus(hold.timeToLive());
    reservations.put(
        hold.orderId(),
        lines.stream()
            .map(
                line ->
                    new Reservation(
                        UuidCreator.getTimeOrderedEpoch(),
                        hold.orderId(),
                        line.productId(),
                        line.quantity(),
                        ReservationStatus.PENDING,
                        expiresAt,
                        now,
                        hold.holdToken()))
            .toList());
    return null;
  }

  private @Nullable Failure sell(StockEffect.Sell sell) {
    if (!exactly(sell.orderId(), sell.lines(), ReservationStatus.PENDING, sell.holdToken())) {
      return state("these lines are not PENDING");
    }
    for (StockLine line : sell.lines()) {
      change(line.productId(), 0, -line.quantity());
      move(line.productId(), sell.orderId(), -line.quantity(), MovementType.SALE);
    }
    mark(sell.orderId(), ReservationStatus.PENDING, ReservationStatus.CONFIRMED);
    return null;
  }

  private void release(StockEffect.Release release) {
    boolean changed = false;
    for (Reservation line : held(release.orderId())) {
      if (is(line, ReservationStatus.PENDING, release.holdToken())) {
        change(line.productId(), line.quantity(), -line.quantity());
        changed = true;
      }
    }
    if (changed) {
      mark(release.orderId(), ReservationStatus.PENDING, release.as());
    }
  }

  private @Nullable Failure reverse(StockEffect.Reverse reverse) {
    if (!exactly(
        reverse.orderId(), reverse.lines(), ReservationStatus.CONFIRMED, reverse.holdToken())) {
      return state("these lines are not CONFIRMED");
    }
    for (StockLine line : reverse.lines()) {
      change(line.productId(), line.quantity(), 0);
      move(line.productId(), reverse.orderId(), line.quantity(), MovementType.RETURN);
    }
    mark(reverse.orderId(), ReservationStatus.CONFIRMED, ReservationStatus.REVERSED);
    return null;
  }

  private @Nullable Failure restock(StockEffect.Restock restock) {
    if (level(restock.productId()).available() + restock.quantity() < 0 && restock.quantity() < 0) {
      return shortOf(restock.productId());
    }
    change(restock.productId(), restock.quantity(), 0);
    move(restock.productId(), null, restock.quantity(), restock.movement());
    return null;
  }

  private @Nullable Failure extend(StockEffect.Extend extend) {
    List<Reservation> held = held(extend.orderId());
    Instant now = database.now();
    boolean alive =
        held.stream()
            .anyMatch(
                line ->
                    is(line, ReservationStatus.PENDING, extend.holdToken())
                        && now.isBefore(line.expiresAt()));
    if (!alive) {
      return state("the order's reservation is not PENDING, or its time has run out");
    }
    Instant until = now.plus(extend.timeToLive());
    update(
        extend.orderId(),
        line ->
            line.status() == ReservationStatus.PENDING && until.isAfter(line.expiresAt())
                ? with(line, line.status(), until)
                : line);
    return null;
  }

  private static boolean is(Reservation line, ReservationStatus status, @Nullable UUID holdToken) {
    return line.status() == status && Objects.equals(line.holdToken(), holdToken);
  }

  private boolean exactly(
      UUID orderId, List<StockLine> lines, ReservationStatus status, @Nullable UUID holdToken) {
    List<StockLine> there =
        held(orderId).stream()
            .filter(line -> is(line, status, holdToken))
            .map(line -> new StockLine(line.productId(), line.quantity()))
            .toList();
    return !there.isEmpty() && there.equals(StockLine.summed(lines));
  }

  private List<Reservation> held(UUID orderId) {
    List<Reservation> held = reservations.get(orderId);
    return held == null ? List.of() : held;
  }

  private void mark(UUID orderId, ReservationStatus from, ReservationStatus to) {
    update(orderId, line -> line.status() == from ? with(line, to, line.expiresAt()) : line);
  }

  private void update(UUID orderId, UnaryOperator<Reservation> change) {
    List<Reservation> held = held(orderId);
    if (!held.isEmpty()) {
      reservations.put(orderId, held.stream().map(change).toList());
    }
  }

  private static Reservation with(Reservation line, ReservationStatus status, Instant expiresAt) {
    return new Reservation(
        line.id(),
        line.orderId(),
        line.productId(),
        line.quantity(),
        status,
        expiresAt,
        line.createdAt(),
        line.holdToken());
  }

  private StockLevel level(UUID productId) {
    StockLevel level = levels.get(productId);
    return level == null ? new StockLevel(productId, 0, 0) : level;
  }

  private void change(UUID productId, long available, long reserved) {
    StockLevel level = level(productId);
    try {
      levels.put(
          productId,
          new StockLevel(
              productId,
              Math.addExact(level.available(), available),
              Math.addExact(level.reserved(), reserved)));
    } catch (ArithmeticException e) {
      throw new UnstorableDataException("the stock of product " + productId + " is too large", e);
    }
  }

  private void move(UUID productId, @Nullable UUID orderId, long quantity, MovementType type) {
    movements.put(movements.size(), new Movement(productId, orderId, quantity, type));
  }

  private Failure shortOf(UUID productId) {
    return StockEffect.outOfStock(productId, level(productId).available());
  }

  private static Failure state(String message) {
    return Failure.of(StockEffect.RESERVATION_STATE, message);
  }

  @Override
  public Map<UUID, StockLevel> levels(Collection<UUID> products) {
    return database.transaction(
        () -> {
          Map<UUID, StockLevel> found = new HashMap<>();
          for (UUID product : products) {
            StockLevel level = levels.get(product);
            if (level != null) {
              found.put(product, level);
            }
          }
          return found;
        });
  }

  @Override
  public List<Reservation> reservations(UUID orderId) {
    return database.transaction(
        () -> held(orderId).stream().sorted(Comparator.comparing(Reservation::productId)).toList());
  }

  List<Movement> movements() {
    return database.transaction(() -> movements.rows().toList());
  }

  List<StockLevel> allLevels() {
    return database.transaction(() -> levels.rows().toList());
  }
}
