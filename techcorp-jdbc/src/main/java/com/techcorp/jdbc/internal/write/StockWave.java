package com.techcorp.jdbc.internal.write;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLine;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.Extend;
import com.techcorp.inventory.spi.StockEffect.Hold;
import com.techcorp.inventory.spi.StockEffect.MovementType;
import com.techcorp.inventory.spi.StockEffect.OfLines;
import com.techcorp.inventory.spi.StockEffect.OfOrder;
import com.techcorp.inventory.spi.StockEffect.Release;
import com.techcorp.inventory.spi.StockEffect.Restock;
import com.techcorp.inventory.spi.StockEffect.Sell;
import com.techcorp.inventory.spi.StockOutcome;
import com.techcorp.inventory.spi.StockRules;
import com.techcorp.jdbc.EffectWriter;
import com.techcorp.jdbc.Statements;
import com.techcorp.jdbc.internal.batch.UuidOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stock effects that one statement can apply: each order at most once. Two effects on one order are
 * merged if they net out (held and sold at once; held and released); otherwise the second goes into
 * another wave.
 */
final class StockWave {
  private final List<Held> holds = new ArrayList<>();
  private final List<Move> moves = new ArrayList<>();
  private final List<Move> releases = new ArrayList<>();
  private final List<Movement> movements = new ArrayList<>();
  private final Map<UUID, Sum> sums = new TreeMap<>(UuidOrder.BY_BYTES);
  private final List<Extend> extensions = new ArrayList<>();
  private final List<Line> expected = new ArrayList<>();

  record Held(
      UUID id,
      UUID orderId,
      UUID productId,
      Long quantity,
      Duration timeToLive,
      ReservationStatus status,
      @Nullable UUID holdToken) {}

  record Line(UUID orderId, UUID productId, Long quantity) {}

  record Move(
      UUID orderId, ReservationStatus from, ReservationStatus to, @Nullable UUID holdToken) {}

  /** The change of one product's row, over all orders. */
  record Delta(UUID productId, Long available, Long reserved) {}

  /** Adds up a {@link Delta}. */
  private static final class Sum {
    private long available;
    private long reserved;

    void add(StockOutcome.Change change) {
      available += change.available();
      reserved += change.reserved();
    }

    Delta of(UUID product) {
      return new Delta(product, available, reserved);
    }
  }

  record Movement(UUID productId, @Nullable UUID orderId, Long quantity, MovementType type) {}

  static List<StockWave> of(List<StockEffect> effects) {
    Map<UUID, List<OfOrder>> byOrder = new LinkedHashMap<>();
    List<StockWave> waves = new ArrayList<>(List.of(new StockWave()));
    for (StockEffect effect : effects) {
      if (effect instanceof Restock restock) {
        waves.get(0).apply(StockRules.change(restock), restock, null);
      } else {
        OfOrder change = (OfOrder) effect;
        byOrder.computeIfAbsent(change.orderId(), id -> new ArrayList<>()).add(change);
      }
    }
    byOrder.values().forEach(ofOrder -> spread(ofOrder, waves));
    Comparator<Move> byOrderId = Comparator.comparing(Move::orderId, UuidOrder.BY_BYTES);
    waves.forEach(wave -> wave.moves.sort(byOrderId));
    waves.forEach(wave -> wave.releases.sort(byOrderId));
    return waves;
  }

  /** Returns the orders whose reservations effects change, as a parameter. */
  static Object ordersOf(List<StockEffect> effects) {
    return Statements.uuids(
        effects.stream()
            .filter(OfOrder.class::isInstance)
            .map(effect -> ((OfOrder) effect).orderId())
            .distinct()
            .toList());
  }

  private static void spread(List<OfOrder> ofOrder, List<StockWave> waves) {
    int wave = 0;
    int from = 0;
    if (ofOrder.get(0) instanceof Hold hold && ofOrder.size() > 1) {
      StockEffect second = ofOrder.get(1);
      if (second instanceof Sell sell) {
        if (!sell.lines().equals(hold.lines())
            || !Objects.equals(sell.holdToken(), hold.holdToken())) {
          throw new EffectWriter.GuardFailedException("sold otherwise than held");
        }
        waves.get(wave).hold(hold, ReservationStatus.CONFIRMED);
        waves.get(wave++).apply(sell);
        from = 2;
      }
    }
    for (OfOrder effect : ofOrder.subList(from, ofOrder.size())) {
      if (wave == waves.size()) {
        waves.add(new StockWave());
      }
      waves.get(wave++).add(effect);
    }
  }

  private void add(OfOrder effect) {
    if (effect instanceof Hold hold) {
      hold(hold, ReservationStatus.PENDING);
    } else if (effect instanceof Release release) {
      releases.add(move(release));
    } else if (effect instanceof Extend extend) {
      extensions.add(extend);
    } else {
      settle((OfLines) effect);
    }
  }

  private void settle(OfLines effect) {
    moves.add(move(effect));
    effect
        .lines()
        .forEach(
            line -> expected.add(new Line(effect.orderId(), line.productId(), line.quantity())));
    apply(effect);
  }

  private static Move move(OfOrder effect) {
    ReservationStatus from = Objects.requireNonNull(StockRules.from(effect));
    return new Move(effect.orderId(), from, StockRules.to(effect), effect.holdToken());
  }

  private void hold(Hold hold, ReservationStatus status) {
    for (StockLine line : hold.lines()) {
      holds.add(
          new Held(
              UuidCreator.getTimeOrderedEpochFast(), // need not be hard to guess
              hold.orderId(),
              line.productId(),
              line.quantity(),
              hold.timeToLive(),
              status,
              hold.holdToken()));
    }
    apply(hold);
  }

  private void apply(OfLines effect) {
    for (StockOutcome.Change change : StockRules.changes(effect)) {
      apply(change, effect, effect.orderId());
    }
  }

  private void apply(StockOutcome.Change change, StockEffect effect, @Nullable UUID orderId) {
    UUID product = change.productId();
    sums.computeIfAbsent(product, id -> new Sum()).add(change);
    MovementType type = StockRules.movement(effect);
    if (type != null) {
      movements.add(new Movement(product, orderId, change.moved(), type));
    }
  }

  /**
   * Returns whether its statements lock reservations by order and then stock rows by product by
   * themselves: what goes back is only known when its reservations are locked, and extensions come
   * as asked for.
   */
  boolean inOrder() {
    return releases.isEmpty() && extensions.isEmpty();
  }

  /** Returns the changes by product, in PostgreSQL's order. */
  List<Delta> deltas() {
    List<Delta> deltas = new ArrayList<>(sums.size());
    sums.forEach((product, sum) -> deltas.add(sum.of(product)));
    return deltas;
  }

  List<Held> holds() {
    return holds;
  }

  List<Move> moves() {
    return moves;
  }

  /** Returns the held stock that goes back. */
  List<Move> releases() {
    return releases;
  }

  List<Movement> movements() {
    return movements;
  }

  List<Extend> extensions() {
    return extensions;
  }

  /** Returns the lines that must be sold or reversed exactly. */
  List<Line> expected() {
    return expected;
  }
}
