package com.techcorp.bench.micro;

import com.techcorp.bench.workload.Workload;
import com.techcorp.catalog.Product;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.MovementType;
import com.techcorp.storage.WriteSet;
import com.techcorp.testkit.MemoryStorage;
import java.util.List;
import java.util.UUID;

/** The workload's products in a storage in memory. */
final class MemoryGoods {
  private static final long STOCK = 1_000_000_000_000L;

  private MemoryGoods() {}

  static void fill(MemoryStorage storage) {
    List<WriteSet> writeSets =
        Workload.catalogue().stream().map(Product::id).map(MemoryGoods::restocked).toList();
    storage.unitOfWork().commit(null, writeSets);
  }

  private static WriteSet restocked(UUID product) {
    return WriteSet.of(product, new StockEffect.Restock(product, STOCK, MovementType.RECEIPT));
  }
}
