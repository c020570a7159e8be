package com.techcorp.testkit;

import com.techcorp.error.Failure;
import com.techcorp.inventory.spi.HoldRequestEffect;
import com.techcorp.inventory.spi.HoldRequestEffect.Kind;
import com.techcorp.inventory.spi.StockRules;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps the first requests for orders' stock, in memory. */
final class MemoryRequests {
  private final MemoryTable<UUID, Kind> asked;

  MemoryRequests(MemoryDatabase database) {
    this.asked = new MemoryTable<>(database);
  }

  @Nullable Failure apply(HoldRequestEffect effect) {
    return StockRules.decide(effect, asked.get(effect.orderId()))
        .ifAccepted(kind -> asked.put(effect.orderId(), kind));
  }
}
