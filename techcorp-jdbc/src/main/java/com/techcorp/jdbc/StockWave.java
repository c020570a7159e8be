package com.techcorp.jdbc;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockEffect;
import com.techcorp.inventory.StockEffect.Extend;
import com.techcorp.inventory.StockEffect.Hold;
import com.techcorp.inventory.StockEffect.Release;
import com.techcorp.inventory.StockEffect.Restock;
import com.techcorp.inventory.StockEffect.Reverse;
import com.techcorp.inventory.StockEffect.Sell;
import com.techcorp.inventory.StockLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Stock effects that one statement can apply: each order at most once. What a batch does twice to
 * one order is folded where it nets out (held and sold at once; held and given back), else it goes
 * into a further wave.
 */
final class StockWave {
  /** PostgreSQL's order of UUIDs; Java's own compares signed numbers. */
  private static final Comparator<UUID> BY_BYTES =
      (a, b) -> {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high == 0
            ? Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits())
            : high;
      };

  private final List<Held> holds = new ArrayList<>();
  private final List<Move> moves = new ArrayList<>();
  private final List<Restock> restocks = new ArrayList<>();
  private final List<Extend> extensions = new ArrayList<>();
  private final List<Line> expected = new ArrayList<>();

  record Held(
      UUID id,
      UUID orderId,
      UUID productId,
      Long quantity,
      Duration timeToLive,
      ReservationStatus status) {}

  record Line(UUID orderId, UUID productId, Long quantity) {}

  record Move(UUID orderId, ReservationStatus from, ReservationStatus to) {}

  static List<StockWave> of(List<StockEffect> effects) {
    Map<UUID, List<StockEffect>> byOrder = new LinkedHashMap<>();
    List<StockWave> waves = new ArrayList<>(List.of(new StockWave()));
    for (StockEffect effect : effects) {
      if (effect instanceof Restock restock) {
        waves.get(0).restocks.add(restock);
      } else {
        byOrder.computeIfAbsent(StockWrites.orderOf(effect), id -> new ArrayList<>()).add(effect);
      }
    }
    byOrder.values().forEach(ofOrder -> spread(ofOrder, waves));
    waves.forEach(wave -> wave.moves.sort(Comparator.comparing(Move::orderId, BY_BYTES)));
    return waves;
  }

  private static void spread(List<StockEffect> ofOrder, List<StockWave> waves) {
    int wave = 0;
    int from = 0;
    if (ofOrder.get(0) instanceof Hold hold && ofOrder.size() > 1) {
      StockEffect second = ofOrder.get(1);
      if (second instanceof Sell sell) {
        if (!sell.lines().equals(hold.lines())) {
          throw new EffectWriter.GuardFailed("sold otherwise than held");
        }
        waves.get(wave++).hold(hold, ReservationStatus.CONFIRMED);
        from = 2;
      }
    }
    for (StockEffect effect : ofOrder.subList(from, ofOrder.size())) {
      if (wave == waves.size()) {
        waves.add(new StockWave());
      }
      waves.get(wave++).add(effect);
    }
  }

  private void add(StockEffect effect) {
    if (effect instanceof Hold hold) {
      hold(hold, ReservationStatus.PENDING);
    } else if (effect instanceof Sell sell) {
      moves.add(new Move(sell.orderId(), ReservationStatus.PENDING, ReservationStatus.CONFIRMED));
      expect(sell.orderId(), sell.lines());
    } else if (effect instanceof Reverse reverse) {
      moves.add(
          new Move(reverse.orderId(), ReservationStatus.CONFIRMED, ReservationStatus.REVERSED));
      expect(reverse.orderId(), reverse.lines());
    } else if (effect instanceof Release release) {
      moves.add(new Move(release.orderId(), ReservationStatus.PENDING, release.as()));
    } else if (effect instanceof Extend extend) {
      extensions.add(extend);
    }
  }

  private void expect(UUID orderId, List<StockLine> lines) {
    lines.forEach(line -> expected.add(new Line(orderId, line.productId(), line.quantity())));
  }

  private void hold(Hold hold, ReservationStatus status) {
    hold.lines()
        .forEach(
            line ->
                holds.add(
                    new Held(
                        UuidCreator.getTimeOrderedEpoch(),
                        hold.orderId(),
                        line.productId(),
                        line.quantity(),
                        hold.timeToLive(),
                        status)));
  }

  List<Held> holds() {
    return holds;
  }

  List<Move> moves() {
    return moves;
  }

  List<Restock> restocks() {
    return restocks;
  }

  List<Extend> extensions() {
    return extensions;
  }

  /** What exactly must be sold or reversed. */
  List<Line> expected() {
    return expected;
  }

  static Map<UUID, Long> quantities(List<StockLine> lines) {
    Map<UUID, Long> quantities = new HashMap<>();
    lines.forEach(line -> quantities.put(line.productId(), line.quantity()));
    return quantities;
  }
}
