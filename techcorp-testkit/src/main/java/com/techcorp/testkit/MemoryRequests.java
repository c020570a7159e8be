package com.techcorp.testkit;

import com.techcorp.error.Failure;
import com.techcorp.inventory.spi.HoldRequestEffect;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was asked first of an order's stock, in memory. */
final class MemoryRequests {
  private final MemoryTable<UUID, HoldRequestEffect> asked;

  MemoryRequests(MemoryDatabase database) {
    this.asked = new MemoryTable<>(database);
  }

  @Nullable Failure apply(HoldRequestEffect effect) {
    HoldRequestEffect before = asked.get(effect.orderId());
    if (before != null) {
      return new Failure(
          HoldRequestEffect.TAKEN,
          "for order " + effect.orderId() + " was asked before: " + before.kind(),
          Map.of("detail", before.kind().name()));
    }
    asked.put(effect.orderId(), effect);
    return null;
  }
}
