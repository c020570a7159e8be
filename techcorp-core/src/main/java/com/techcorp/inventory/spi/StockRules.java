package com.techcorp.inventory.spi;

import com.techcorp.error.Failure;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLine;
import com.techcorp.inventory.spi.HoldRequestEffect.Kind;
import com.techcorp.inventory.spi.StockEffect.Extend;
import com.techcorp.inventory.spi.StockEffect.Hold;
import com.techcorp.inventory.spi.StockEffect.MovementType;
import com.techcorp.inventory.spi.StockEffect.OfLines;
import com.techcorp.inventory.spi.StockEffect.OfOrder;
import com.techcorp.inventory.spi.StockEffect.Release;
import com.techcorp.inventory.spi.StockEffect.Restock;
import com.techcorp.inventory.spi.StockEffect.Reverse;
import com.techcorp.inventory.spi.StockEffect.Sell;
import com.techcorp.inventory.spi.StockOutcome.Change;
import com.techcorp.storage.Decision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a {@link StockEffect} does to stock and to an order's hold, or that it is refused.
 * Pure functions: a storage loads the state, asks, and stores what follows.
 */
public final class StockRules {
  private StockRules() {}

  /**
   * Decides whether a stock effect is accepted, and its outcome.
   *
   * @param effect what is asked
   * @param held what is held for its order, or null
   * @param available how many units of a product can be reserved; 0 if it was never stocked
   * @return what follows, or the refusal that the effect's type documents
   */
  public static Decision<StockOutcome> decide(
      StockEffect effect, @Nullable HeldStock held, ToLongFunction<UUID> available) {
    if (effect instanceof Restock restock) {
      return restock(restock, available.applyAsLong(restock.productId()));
    } else if (effect instanceof Hold hold) {
      return hold(hold, held, available);
    } else if (effect instanceof Release release) {
      return Decision.accept(release(release, held));
    } else if (effect instanceof Extend extend) {
      return held != null && allows(extend, held) && !held.timeIsUp()
          ? Decision.accept(new StockOutcome(held, List.of()))
          : wrongState(extend);
    }
    return settle((OfLines) effect, held);
  }

  /**
   * Decides what is asked first of an order's stock.
   *
   * @param effect what is asked
   * @param before what was asked before, or null
   * @return what was asked first from now on, or the refusal {@link HoldRequestEffect#TAKEN}
   */
  public static Decision<Kind> decide(HoldRequestEffect effect, @Nullable Kind before) {
    return before == null
        ? Decision.accept(effect.kind())
        : new Decision.Refused<>(
            new Failure(
                HoldRequestEffect.TAKEN,
                "for order " + effect.orderId() + " was asked before: " + before,
                Map.of("detail", before.name())));
  }

  private static Decision<StockOutcome> restock(Restock restock, long available) {
    return restock.quantity() < 0 && available + restock.quantity() < 0
        ? new Decision.Refused<>(StockEffect.outOfStock(restock.productId(), available))
        : Decision.accept(new StockOutcome(null, List.of(change(restock))));
  }

  private static Decision<StockOutcome> hold(
      Hold hold, @Nullable HeldStock held, ToLongFunction<UUID> available) {
    if (held != null) {
      return wrongState(hold);
    }
    for (StockLine line : hold.lines()) {
      long there = available.applyAsLong(line.productId());
      if (there < line.quantity()) {
        return new Decision.Refused<>(StockEffect.outOfStock(line.productId(), there));
      }
    }
    boolean timeIsUp = hold.timeToLive().toMillis() <= 0;
    return Decision.accept(
        new StockOutcome(
            new HeldStock(
                ReservationStatus.PENDING, hold.holdToken(), quantities(hold.lines()), timeIsUp),
            changes(hold)));
  }

  private static StockOutcome release(Release release, @Nullable HeldStock held) {
    if (held == null || !allows(release, held)) {
      return new StockOutcome(held, List.of());
    }
    List<Change> back = new ArrayList<>();
    held.quantities()
        .forEach((product, quantity) -> back.add(new Change(product, quantity, -quantity)));
    return new StockOutcome(held.as(release.as()), back);
  }

  private static Decision<StockOutcome> settle(OfLines effect, @Nullable HeldStock held) {
    return held != null
            && allows(effect, held)
            && held.quantities().equals(quantities(effect.lines()))
        ? Decision.accept(new StockOutcome(held.as(to(effect)), changes(effect)))
        : wrongState(effect);
  }

  private static boolean allows(OfOrder effect, HeldStock held) {
    return held.is(from(effect), effect.holdToken());
  }

  /**
   * Returns the state that a hold must be in.
   *
   * @param effect what is asked
   * @return the state; null: the order must hold nothing
   */
  public static @Nullable ReservationStatus from(OfOrder effect) {
    if (effect instanceof Hold) {
      return null;
    }
    return effect instanceof Reverse ? ReservationStatus.CONFIRMED : ReservationStatus.PENDING;
  }

  /**
   * Returns the state that a hold is in afterwards.
   *
   * @param effect what was done
   * @return the state
   */
  public static ReservationStatus to(OfOrder effect) {
    if (effect instanceof Sell) {
      return ReservationStatus.CONFIRMED;
    } else if (effect instanceof Reverse) {
      return ReservationStatus.REVERSED;
    }
    return effect instanceof Release release ? release.as() : ReservationStatus.PENDING;
  }

  /**
   * How stock changes by what names its lines.
   *
   * @param effect what is done
   * @return one a line
   */
  public static List<Change> changes(OfLines effect) {
    List<Change> changes = new ArrayList<>(effect.lines().size());
    for (StockLine line : effect.lines()) {
      changes.add(change(effect, line));
    }
    return changes;
  }

  /**
   * How stock changes by goods in, or by a correction.
   *
   * @param restock what is done
   * @return the change
   */
  public static Change change(Restock restock) {
    return new Change(restock.productId(), restock.quantity(), 0);
  }

  private static Change change(OfLines effect, StockLine line) {
    UUID product = line.productId();
    long units = line.quantity();
    if (effect instanceof Hold) {
      return new Change(product, -units, units);
    }
    return effect instanceof Sell ? new Change(product, 0, -units) : new Change(product, units, 0);
  }

  /**
   * Returns whether a change sells a product out, or makes it available again: the changes that are
   * published as {@code product.updated}.
   *
   * @param before how many units could be reserved
   * @param after how many can be
   * @return true if exactly one of them is 0
   */
  public static boolean crossesZero(long before, long after) {
    return (before == 0) != (after == 0);
  }

  /**
   * Returns the products whose stock an effect may change.
   *
   * @param effect what is asked
   * @return their ids; none if it changes a hold only
   */
  public static Collection<UUID> products(StockEffect effect) {
    if (effect instanceof OfLines some) {
      return some.lines().stream().map(StockLine::productId).toList();
    } else if (effect instanceof Release release) {
      return release.products();
    }
    return effect instanceof Restock restock ? List.of(restock.productId()) : List.of();
  }

  /**
   * Returns why units come or go.
   *
   * @param effect what is done
   * @return the type of its movements; null: it has none
   */
  public static @Nullable MovementType movement(StockEffect effect) {
    if (effect instanceof Sell) {
      return MovementType.SALE;
    } else if (effect instanceof Reverse) {
      return MovementType.RETURN;
    }
    return effect instanceof Restock restock ? restock.movement() : null;
  }

  private static Map<UUID, Long> quantities(List<StockLine> lines) {
    Map<UUID, Long> quantities = new HashMap<>();
    lines.forEach(line -> quantities.put(line.productId(), line.quantity()));
    return quantities;
  }

  private static <S> Decision<S> wrongState(OfOrder effect) {
    return Decision.refuse(
        StockEffect.RESERVATION_STATE,
        "the reservation of order "
            + effect.orderId()
            + " is not in a state for "
            + effect.getClass().getSimpleName());
  }
}
