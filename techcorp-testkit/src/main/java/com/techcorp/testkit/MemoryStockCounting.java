package com.techcorp.testkit;

import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockLedger;
import com.techcorp.inventory.spi.StockListener;
import com.techcorp.inventory.spi.StockRules;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Effect;
import com.techcorp.storage.Fence;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells after each commit what is left of the products that it changed. */
record MemoryStockCounting(UnitOfWork storage, StockLedger stock, StockListener listener)
    implements UnitOfWork {
  @Override
  public List<CommitResult> commit(@Nullable Fence fence, List<WriteSet> batch) {
    List<CommitResult> results = storage.commit(fence, batch);
    Set<UUID> products = new LinkedHashSet<>();
    for (int i = 0; i < batch.size(); i++) {
      if (results.get(i) instanceof CommitResult.Committed) {
        for (Effect effect : batch.get(i).effects()) {
          if (effect instanceof StockEffect change) {
            products.addAll(StockRules.products(change));
          }
        }
      }
    }
    if (!products.isEmpty()) {
      // Another commit may have changed them meanwhile: then this tells what that one left.
      listener.changed(List.<StockCount>copyOf(stock.counts(products).values()));
    }
    return results;
  }

  @Override
  public boolean needsCare(WriteSet writeSet) {
    return storage.needsCare(writeSet);
  }
}
