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
 * Remembers products that were short or locked a moment ago and callers that repeated a key; only
 * write sets that touch them are decided carefully. Only hints: what is forgotten costs one batch
 * that is begun in vain. Thread-safe.
 */
final class Troubles {
  /** A sold-out product is watched until this many careful batches pass without a refusal. */
  private static final int PATIENCE = 8;

  private static final int MOST = 10_000;

  private final Map<UUID, Integer> shortfalls = new ConcurrentHashMap<>();
  private final Map<UUID, Integer> repeaters = new ConcurrentHashMap<>();
  private final Set<UUID> locked = ConcurrentHashMap.newKeySet();

  /** Returns whether it touches what had trouble. */
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

  /**
   * Returns whether an effect takes stock; sales and returns of held stock do not depend on what is
   * left.
   */
  private static boolean takes(StockEffect effect) {
    return effect instanceof Hold || (effect instanceof Restock change && change.quantity() < 0);
  }

  /** Returns the products that were locked at the last look. */
  Set<UUID> locked() {
    return Set.copyOf(locked);
  }

  /** Learns which of the products that were not waited for are locked. */
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
