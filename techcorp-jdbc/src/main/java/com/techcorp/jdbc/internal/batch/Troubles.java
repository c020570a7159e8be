package com.techcorp.jdbc.internal.batch;

import com.techcorp.error.Failure;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.Hold;
import com.techcorp.inventory.spi.StockEffect.Restock;
import com.techcorp.order.spi.KeyEffect;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Effect;
import com.techcorp.storage.WriteSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which products fell short or were locked a moment ago, and which callers repeated a key: what
 * touches them is likely to meet the same again, so it is decided carefully, and nothing else is.
 * Only hints: what is forgotten costs one batch that is begun in vain. Thread-safe.
 */
final class Troubles {
  /**
   * A product that was sold out stays so for a while: so many careful batches without a refusal.
   */
  private static final int PATIENCE = 8;

  private static final int MOST = 10_000;

  private final Map<UUID, Integer> shortfalls = new ConcurrentHashMap<>();
  private final Map<UUID, Integer> repeaters = new ConcurrentHashMap<>();
  private final Set<UUID> locked = ConcurrentHashMap.newKeySet();

  /** Whether it touches what had trouble. */
  boolean touchedBy(WriteSet writeSet) {
    if (shortfalls.isEmpty() && repeaters.isEmpty() && locked.isEmpty()) {
      return false;
    }
    for (Effect effect : writeSet.effects()) {
      if (touchedBy(effect)) {
        return true;
      }
    }
    return false;
  }

  boolean touchedBy(Collection<WriteSet> batch) {
    return batch.stream().anyMatch(this::touchedBy);
  }

  private boolean touchedBy(Effect effect) {
    if (effect instanceof KeyEffect.Claim claim) {
      return !repeaters.isEmpty() && repeaters.containsKey(claim.caller());
    }
    if (!(effect instanceof StockEffect stock)) {
      return false;
    }
    boolean takes = takes(stock);
    for (UUID product : StockProducts.of(List.of(stock))) {
      if (locked.contains(product) || (takes && shortfalls.containsKey(product))) {
        return true;
      }
    }
    return false;
  }

  /** What was held before can be sold or given back whatever is left. */
  private static boolean takes(StockEffect effect) {
    return effect instanceof Hold || (effect instanceof Restock change && change.quantity() < 0);
  }

  /** The products that somebody kept locked when they were last looked at. */
  Set<UUID> locked() {
    return Set.copyOf(locked);
  }

  /** Which of the products that were not waited for are locked, and which are not. */
  void learnLocked(Set<UUID> notWaitedFor, Set<UUID> found) {
    if (locked.size() < MOST) {
      locked.addAll(found);
    }
    notWaitedFor.stream().filter(product -> !found.contains(product)).forEach(locked::remove);
  }

  /** Learns from a batch that was decided carefully. */
  void learn(List<WriteSet> batch, List<CommitResult> results) {
    Set<UUID> met = new HashSet<>();
    for (int i = 0; i < batch.size(); i++) {
      if (results.get(i) instanceof CommitResult.Refused refused) {
        mark(batch.get(i).effects().get(refused.effect()), refused.failure(), met);
      }
    }
    Set<UUID> looked = new HashSet<>();
    batch.forEach(writeSet -> writeSet.effects().forEach(effect -> addTo(looked, effect)));
    looked.removeAll(met);
    looked.forEach(id -> relax(shortfalls, id));
    looked.forEach(id -> relax(repeaters, id));
  }

  private void mark(Effect effect, Failure failure, Set<UUID> met) {
    if (effect instanceof KeyEffect.Claim claim) {
      met.add(claim.caller());
      mark(repeaters, claim.caller());
    } else if (failure.code().equals(StockEffect.OUT_OF_STOCK)) {
      UUID product = UUID.fromString(String.valueOf(failure.details().get("detail")));
      met.add(product);
      mark(shortfalls, product);
    }
  }

  private static void mark(Map<UUID, Integer> marks, UUID id) {
    if (marks.size() < MOST || marks.containsKey(id)) {
      marks.put(id, PATIENCE);
    }
  }

  private static void addTo(Set<UUID> looked, Effect effect) {
    if (effect instanceof KeyEffect.Claim claim) {
      looked.add(claim.caller());
    } else if (effect instanceof StockEffect stock && takes(stock)) {
      looked.addAll(StockProducts.of(List.of(stock)));
    }
  }

  private static void relax(Map<UUID, Integer> marks, UUID id) {
    marks.computeIfPresent(id, (same, left) -> left > 1 ? left - 1 : null);
  }
}
