package com.techcorp.jdbc.internal.write;

import com.techcorp.error.Failure;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.spi.HeldStock;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.OfOrder;
import com.techcorp.inventory.spi.StockOutcome;
import com.techcorp.inventory.spi.StockRules;
import com.techcorp.jdbc.EffectWriter.Guard;
import com.techcorp.jdbc.Statements;
import com.techcorp.jdbc.internal.batch.StatementBatch;
import com.techcorp.jdbc.internal.batch.StockProducts;
import com.techcorp.storage.CommitResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Loads and locks what {@link StockRules} decide about: who gets the last unit. */
final class StockGuard implements Guard<StockEffect> {
  private static final String LOCK =
      """
      select product_id, available from ${inventory}.stock
      where product_id = any (?::uuid[]) order by product_id for update
      """;

  /** The same as {@link #LOCK}, without locked rows. */
  private static final String LOCK_WHAT_IS_FREE =
      """
      select product_id, available from ${inventory}.stock
      where product_id = any (?::uuid[]) order by product_id for update skip locked
      """;

  private static final String STOCKED =
      "select product_id from ${inventory}.stock where product_id = any (?::uuid[])";

  private static final String RESERVATIONS =
      """
      select order_id, product_id, quantity, status, expires_at <= (select ${saga}.clock()), hold_token
      from ${inventory}.reservations
      where order_id = any (?::uuid[]) order by order_id, product_id for update
      """;

  private final Overlay<UUID, Long> available = new Overlay<>();
  private final Overlay<UUID, HeldStock> held = new Overlay<>();
  private final Set<UUID> locked;

  private StockGuard(Set<UUID> locked) {
    this.locked = locked;
  }

  static StockGuard over(List<StockEffect> effects, StatementBatch to) {
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
        StockWave.ordersOf(effects));
    List<UUID> free = new ArrayList<>();
    List<UUID> waitedFor = new ArrayList<>();
    StockProducts.of(effects)
        .forEach(product -> (to.waitsFor(product) ? waitedFor : free).add(product));
    guard.lockFree(free, to);
    to.query(guard::loadAvailable, LOCK, Statements.uuids(waitedFor));
    return guard;
  }

  private void lockFree(List<UUID> products, StatementBatch to) {
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
    HeldStock known = held.get(order);
    Map<UUID, Long> quantities = new HashMap<>(known == null ? Map.of() : known.quantities());
    quantities.put(product, quantity);
    held.load(order, new HeldStock(status, holdToken, quantities, timeIsUp));
  }

  @Override
  public @Nullable Failure admit(StockEffect effect) {
    if (!locked.isEmpty()) {
      for (UUID product : StockProducts.of(List.of(effect))) {
        if (locked.contains(product)) {
          return lockedElsewhere(product);
        }
      }
    }
    UUID order = effect instanceof OfOrder change ? change.orderId() : null;
    return StockRules.decide(effect, order == null ? null : held.get(order), this::levelOf)
        .ifAccepted(
            outcome -> {
              if (order != null) {
                held.put(order, outcome.held());
              }
              outcome.changes().forEach(this::apply);
            });
  }

  private long levelOf(UUID product) {
    Long level = available.get(product);
    return level == null ? 0 : level;
  }

  private void apply(StockOutcome.Change change) {
    UUID product = change.productId();
    available.put(product, change.availableAfter(levelOf(product)));
  }

  private static Failure lockedElsewhere(UUID product) {
    return new Failure(
        CommitResult.Busy.LOCKED,
        "the stock of product " + product + " is locked by another transaction",
        Map.of("detail", product.toString()));
  }

  @Override
  public void keep() {
    available.keep();
    held.keep();
  }

  @Override
  public void undo() {
    available.undo();
    held.undo();
  }
}
