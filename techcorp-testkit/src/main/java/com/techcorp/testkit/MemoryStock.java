package com.techcorp.testkit;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.catalog.ProductUpdates;
import com.techcorp.error.Failure;
import com.techcorp.inventory.Reservation;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.StockLevel;
import com.techcorp.inventory.spi.HeldStock;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.MovementType;
import com.techcorp.inventory.spi.StockEffect.OfOrder;
import com.techcorp.inventory.spi.StockLedger;
import com.techcorp.inventory.spi.StockOutcome;
import com.techcorp.inventory.spi.StockRules;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Stock, reservations and movements in memory. */
final class MemoryStock implements StockLedger {
  private final MemoryDatabase database;
  private final MemoryOutbox outbox;
  private final MemoryTable<UUID, StockLevel> levels;
  private final MemoryTable<UUID, Long> versions;
  private final MemoryTable<UUID, List<Reservation>> reservations;
  private final MemoryTable<Integer, Movement> movements;

  /** Why a product's stock changed; reservations are not movements. */
  record Movement(UUID productId, @Nullable UUID orderId, long quantity, MovementType type) {}

  MemoryStock(MemoryDatabase database, MemoryOutbox outbox) {
    this.database = database;
    this.outbox = outbox;
    this.levels = new MemoryTable<>(database);
    this.versions = new MemoryTable<>(database);
    this.reservations = new MemoryTable<>(database);
    this.movements = new MemoryTable<>(database);
  }

  @Nullable Failure apply(StockEffect effect, @Nullable Fence fence) {
    UUID order = effect instanceof OfOrder change ? change.orderId() : null;
    return StockRules.decide(
            effect, order == null ? null : heldFor(order), product -> level(product).available())
        .ifAccepted(outcome -> store(effect, outcome, fence));
  }

  private @Nullable HeldStock heldFor(UUID orderId) {
    List<Reservation> rows = rows(orderId);
    if (rows.isEmpty()) {
      return null;
    }
    Map<UUID, Long> quantities = new HashMap<>();
    rows.forEach(row -> quantities.put(row.productId(), row.quantity()));
    Reservation any = rows.get(0);
    boolean timeIsUp = !database.now().isBefore(any.expiresAt());
    return new HeldStock(any.status(), any.holdToken(), quantities, timeIsUp);
  }

  private void store(StockEffect effect, StockOutcome outcome, @Nullable Fence fence) {
    UUID order = effect instanceof OfOrder ofOrder ? ofOrder.orderId() : null;
    MovementType type = StockRules.movement(effect);
    for (StockOutcome.Change change : outcome.changes()) {
      UUID product = change.productId();
      StockLevel before = level(product);
      long available = change.availableAfter(before.available());
      levels.put(
          product, new StockLevel(product, available, change.reservedAfter(before.reserved())));
      if (change.available() != 0) {
        versions.put(product, version(product) + 1);
      }
      if (StockRules.crossesZero(before.available(), available)) {
        outbox.apply(ProductUpdates.updated(product, List.of(ProductUpdates.STOCK)), fence);
      }
      if (type != null) {
        movements.put(movements.size(), new Movement(product, order, change.moved(), type));
      }
    }
    HeldStock held = outcome.held();
    if (effect instanceof StockEffect.Hold hold) {
      reservations.put(hold.orderId(), held(hold));
    } else if (effect instanceof StockEffect.Extend extend) {
      Instant until = later(extend.timeToLive());
      update(extend.orderId(), row -> until.isAfter(row.expiresAt()) ? until(row, until) : row);
    } else if (order != null && held != null) {
      update(order, row -> as(row, held.status()));
    }
  }

  private List<Reservation> held(StockEffect.Hold hold) {
    Instant now = database.now();
    Instant expiresAt = later(hold.timeToLive());
    return hold.lines().stream()
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
        .toList();
  }

  private Instant later(Duration timeToLive) {
    return database.now().plusMillis(timeToLive.toMillis());
  }

  private List<Reservation> rows(UUID orderId) {
    List<Reservation> rows = reservations.get(orderId);
    return rows == null ? List.of() : rows;
  }

  private void update(UUID orderId, UnaryOperator<Reservation> change) {
    reservations.put(orderId, rows(orderId).stream().map(change).toList());
  }

  private static Reservation as(Reservation row, ReservationStatus status) {
    return with(row, status, row.expiresAt());
  }

  private static Reservation until(Reservation row, Instant expiresAt) {
    return with(row, row.status(), expiresAt);
  }

  private static Reservation with(Reservation row, ReservationStatus status, Instant expiresAt) {
    return new Reservation(
        row.id(),
        row.orderId(),
        row.productId(),
        row.quantity(),
        status,
        expiresAt,
        row.createdAt(),
        row.holdToken());
  }

  private StockLevel level(UUID productId) {
    StockLevel level = levels.get(productId);
    return level == null ? new StockLevel(productId, 0, 0) : level;
  }

  private long version(UUID productId) {
    Long version = versions.get(productId);
    return version == null ? 0 : version;
  }

  private StockCount count(StockLevel level) {
    return new StockCount(level.productId(), level.available(), version(level.productId()));
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
  public Map<UUID, StockCount> counts(Collection<UUID> products) {
    return database.transaction(
        () -> {
          Map<UUID, StockCount> found = new HashMap<>();
          levels(products).forEach((product, level) -> found.put(product, count(level)));
          return found;
        });
  }

  @Override
  public List<StockCount> countsAfter(@Nullable UUID after, int most) {
    return database.transaction(
        () ->
            levels
                .rows()
                .filter(level -> after == null || level.productId().compareTo(after) > 0)
                .sorted(Comparator.comparing(StockLevel::productId))
                .limit(most)
                .map(this::count)
                .toList());
  }

  @Override
  public List<Reservation> reservations(UUID orderId) {
    return database.transaction(
        () -> rows(orderId).stream().sorted(Comparator.comparing(Reservation::productId)).toList());
  }

  List<Movement> movements() {
    return database.transaction(() -> movements.rows().toList());
  }

  List<StockLevel> allLevels() {
    return database.transaction(() -> levels.rows().toList());
  }
}
