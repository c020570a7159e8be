package com.techcorp.bench;

import com.techcorp.catalog.Product;
import com.techcorp.inventory.StockEffect;
import com.techcorp.inventory.StockEffect.MovementType;
import com.techcorp.saga.Work;
import com.techcorp.testkit.MemoryStorage;
import java.util.List;
import java.util.UUID;

/** The workload's products in a storage in memory. */
final class MemoryGoods {
  private static final long STOCK = 1_000_000_000_000L;

  private MemoryGoods() {}

  static void fill(MemoryStorage storage) {
    List<Work> works =
        Workload.catalogue().stream().map(Product::id).map(MemoryGoods::restocked).toList();
    storage.unitOfWork().commit(null, works);
  }

  private static Work restocked(UUID product) {
    return Work.of(product, new StockEffect.Restock(product, STOCK, MovementType.RECEIPT));
  }
}
