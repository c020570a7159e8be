package com.techcorp.jdbc;

import com.techcorp.error.Failure;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLine;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.Extend;
import com.techcorp.inventory.spi.StockEffect.Hold;
import com.techcorp.inventory.spi.StockEffect.OfLines;
import com.techcorp.inventory.spi.StockEffect.OfOrder;
import com.techcorp.inventory.spi.StockEffect.Release;
import com.techcorp.inventory.spi.StockEffect.Restock;
import com.techcorp.jdbc.EffectWriter.Guard;
import com.techcorp.storage.CommitResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who gets the last unit, decided in arrival order over locked rows. */
final class StockGuard implements Guard<StockEffect> {
  private static final String LOCK =
      """
      select product_id, available from inventory.stock
      where product_id = any (?::uuid[]) order by product_id for update
      """;

  /** As {@link #LOCK}, without what somebody else keeps locked. */
  private static final String LOCK_WHAT_IS_FREE =
      """
      select product_id, available from inventory.stock
      where product_id = any (?::uuid[]) order by product_id for update skip locked
      """;

  private static final String STOCKED =
      "select product_id from inventory.stock where product_id = any (?::uuid[])";

  private static final String RESERVATIONS =
      """
      select order_id, product_id, quantity, status, expires_at <= (select saga.clock()), hold_token
      from inventory.reservations
      where order_id = any (?::uuid[]) order by order_id, product_id for update
      """;

  /** An order's reservation: all its products share one state. */
  private record Reserved(
      ReservationStatus status,
      boolean timeIsUp,
      Map<UUID, Long> quantities,
      @Nullable UUID holdToken) {
    Reserved now(ReservationStatus changed) {
      return new Reserved(changed, timeIsUp, quantities, holdToken);
    }

    boolean is(ReservationStatus wanted, @Nullable UUID token) {
      return status == wanted && Objects.equals(holdToken, token);
    }
  }

  private final Overlay<UUID, Long> available = new Overlay<>();
  private final Overlay<UUID, Reserved> reserved = new Overlay<>();
  private final Set<UUID> locked;

  private StockGuard(Set<UUID> locked) {
    this.locked = locked;
  }

  static StockGuard over(List<StockEffect> effects, Statements to) {
    StockGuard guard = new StockGuard(to.foundLocked());
    to.query(
        rows -> {
          while (rows.next()) {
            guard.loadReservation(
                rows.getObject(1, UUID.class),
                rows.getObject(2, UUID.class),
                rows.getLong(3),
                ReservationStatus.valueOf(rows.getString(4)),
                rows.getBoolean(5),
                rows.getObject(6, UUID.class));
          }
        },
        RESERVATIONS,
        StockWrites.ordersOf(effects));
    List<UUID> free = new ArrayList<>();
    List<UUID> waitedFor = new ArrayList<>();
    StockWrites.productsOf(effects)
        .forEach(product -> (to.waitsFor(product) ? waitedFor : free).add(product));
    guard.lockFree(free, to);
    to.query(guard::loadAvailable, LOCK, Statements.uuids(waitedFor));
    return guard;
  }

  private void lockFree(List<UUID> products, Statements to) {
    if (products.isEmpty()) {
      return;
    }
    to.query(this::loadAvailable, LOCK_WHAT_IS_FREE, Statements.uuids(products));
    to.query(
        rows -> {
          while (rows.next()) {
            UUID product = rows.getObject(1, UUID.class);
            if (available.get(product) == null) {
              locked.add(product);
            }
          }
        },
        STOCKED,
        Statements.uuids(products));
  }

  private void loadAvailable(ResultSet rows) throws SQLException {
    while (rows.next()) {
      available.load(rows.getObject(1, UUID.class), rows.getLong(2));
    }
  }

  private void loadReservation(
      UUID order,
      UUID product,
      long quantity,
      ReservationStatus status,
      boolean timeIsUp,
      @Nullable UUID holdToken) {
    Reserved known = reserved.get(order);
    Map<UUID, Long> quantities = new HashMap<>(known == null ? Map.of() : known.quantities());
    quantities.put(product, quantity);
    reserved.load(order, new Reserved(status, timeIsUp, quantities, holdToken));
  }

  @Override
  public @Nullable Failure admit(StockEffect effect) {
    if (!locked.isEmpty()) {
      for (UUID product : StockWrites.productsOf(List.of(effect))) {
        if (locked.contains(product)) {
          return lockedElsewhere(product);
        }
      }
    }
    if (effect instanceof Restock restock) {
      return take(restock.productId(), -restock.quantity(), true);
    }
    if (effect instanceof Hold hold) {
      return hold(hold);
    }
    OfOrder change = (OfOrder) effect;
    Reserved now = reserved.get(change.orderId());
    if (change instanceof Release release) {
      if (now != null && now.is(ReservationStatus.PENDING, release.holdToken())) {
        giveBack(now);
        reserved.put(release.orderId(), now.now(release.as()));
      }
      return null;
    }
    if (change instanceof Extend extend) {
      boolean held =
          now != null && now.is(ReservationStatus.PENDING, extend.holdToken()) && !now.timeIsUp();
      return held ? null : wrongState(change);
    }
    return settle((OfLines) change, now);
  }

  private @Nullable Failure hold(Hold hold) {
    if (reserved.get(hold.orderId()) != null) {
      return wrongState(hold);
    }
    for (StockLine line : hold.lines()) {
      Failure shortfall = take(line.productId(), line.quantity(), false);
      if (shortfall != null) {
        return shortfall;
      }
    }
    reserved.put(
        hold.orderId(),
        new Reserved(
            ReservationStatus.PENDING,
            false,
            StockWave.quantities(hold.lines()),
            hold.holdToken()));
    return null;
  }

  private @Nullable Failure settle(OfLines effect, @Nullable Reserved now) {
    boolean sale = effect instanceof StockEffect.Sell;
    ReservationStatus from = sale ? ReservationStatus.PENDING : ReservationStatus.CONFIRMED;
    Map<UUID, Long> wanted = StockWave.quantities(effect.lines());
    if (now == null || !now.is(from, effect.holdToken()) || !now.quantities().equals(wanted)) {
      return wrongState(effect);
    }
    if (!sale) {
      giveBack(now);
    }
    ReservationStatus to = sale ? ReservationStatus.CONFIRMED : ReservationStatus.REVERSED;
    reserved.put(effect.orderId(), now.now(to));
    return null;
  }

  private void giveBack(Reserved now) {
    now.quantities().forEach((product, quantity) -> take(product, -quantity, true));
  }

  private @Nullable Failure take(UUID product, long quantity, boolean createsRow) {
    Long level = available.get(product);
    long left = (level == null ? 0 : level) - quantity;
    if (left < 0 || (level == null && !createsRow)) {
      return StockEffect.outOfStock(product, level == null ? 0 : level);
    }
    available.put(product, left);
    return null;
  }

  private static Failure lockedElsewhere(UUID product) {
    return new Failure(
        CommitResult.Busy.LOCKED,
        "the stock of product " + product + " is locked by another transaction",
        Map.of("detail", product.toString()));
  }

  private static Failure wrongState(OfOrder effect) {
    return Failure.of(
        StockEffect.RESERVATION_STATE,
        "the reservation of order "
            + effect.orderId()
            + " is not in a state for "
            + effect.getClass().getSimpleName());
  }

  @Override
  public void keep() {
    available.keep();
    reserved.keep();
  }

  @Override
  public void undo() {
    available.undo();
    reserved.undo();
  }
}
