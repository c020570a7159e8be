package com.techcorp.inventory.internal;

import com.techcorp.error.Failure;
import com.techcorp.inventory.StockLine;
import com.techcorp.inventory.spi.KnownShortages;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Effect;
import com.techcorp.storage.Fence;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Learns shortages from what a storage commits and refuses. */
public final class ShortageWatch implements UnitOfWork {
  private final UnitOfWork storage;
  private final KnownShortages known;

  /**
   * Creates a watch on a storage.
   *
   * @param storage commits
   * @param known learns shortages
   */
  public ShortageWatch(UnitOfWork storage, KnownShortages known) {
    this.storage = storage;
    this.known = known;
  }

  @Override
  public boolean needsCare(WriteSet writeSet) {
    return storage.needsCare(writeSet);
  }

  @Override
  public List<CommitResult> commit(@Nullable Fence fence, List<WriteSet> batch) {
    List<CommitResult> results = storage.commit(fence, batch);
    // A refused order comes after the orders accepted before it and before returned units.
    for (int i = 0; i < batch.size(); i++) {
      if (results.get(i) instanceof CommitResult.Refused refused) {
        refused(refused.failure());
      }
    }
    if (!known.isEmpty()) { // as nearly always: then there is nothing to unlearn
      for (int i = 0; i < batch.size(); i++) {
        if (results.get(i) instanceof CommitResult.Committed) {
          batch.get(i).effects().forEach(this::committed);
        }
      }
    }
    return results;
  }

  private void refused(Failure failure) {
    String product = failure.details().get("detail");
    String available = failure.details().get(StockEffect.AVAILABLE);
    if (failure.code().equals(StockEffect.OUT_OF_STOCK) && product != null && available != null) {
      known.refused(UUID.fromString(product), Long.parseLong(available));
    }
  }

  private void committed(Effect effect) {
    if (effect instanceof StockEffect.Hold hold) {
      hold.lines().forEach(this::held);
    } else if (effect instanceof StockEffect.Restock restock && restock.quantity() > 0) {
      known.forget(restock.productId());
    } else if (effect instanceof StockEffect.Release release) {
      release.products().forEach(known::forget);
    } else if (effect instanceof StockEffect.Reverse reverse) {
      reverse.lines().forEach(line -> known.forget(line.productId()));
    }
  }

  /** There was more than is known. */
  private void held(StockLine line) {
    OptionalLong most = known.atMost(line.productId());
    if (most.isPresent() && most.getAsLong() < line.quantity()) {
      known.forget(line.productId());
    }
  }
}
