package com.techcorp.contracts;

import com.techcorp.error.Failure;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Effect;
import com.techcorp.storage.Fence;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts the holds that a shop sends to its storage, and refuses works on products that a test
 * locks.
 */
final class StockWire {
  final AtomicInteger holds = new AtomicInteger();
  final Set<UUID> locked = ConcurrentHashMap.newKeySet();

  UnitOfWork over(UnitOfWork inner) {
    return (fence, batch) -> commit(inner, fence, batch);
  }

  private List<CommitResult> commit(UnitOfWork inner, @Nullable Fence fence, List<WriteSet> batch) {
    holds.addAndGet(
        (int) effects(batch).stream().filter(StockEffect.Hold.class::isInstance).count());
    List<WriteSet> free = batch.stream().filter(writeSet -> !touchesLocked(writeSet)).toList();
    List<CommitResult> committed = new ArrayList<>(inner.commit(fence, free));
    return batch.stream()
        .map(writeSet -> free.contains(writeSet) ? committed.remove(0) : busy())
        .toList();
  }

  private static List<Effect> effects(List<WriteSet> batch) {
    return batch.stream().flatMap(writeSet -> writeSet.effects().stream()).toList();
  }

  private boolean touchesLocked(WriteSet writeSet) {
    return writeSet.effects().stream()
        .anyMatch(
            effect ->
                effect instanceof StockEffect stock
                    && locked.stream().anyMatch(p -> stock.toString().contains(p.toString())));
  }

  private static CommitResult busy() {
    return new CommitResult.Busy(
        0, new Failure(CommitResult.Busy.LOCKED, "the row is locked", Map.of()));
  }
}
