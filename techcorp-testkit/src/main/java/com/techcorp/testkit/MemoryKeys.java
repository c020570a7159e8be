package com.techcorp.testkit;

import com.techcorp.error.Failure;
import com.techcorp.order.spi.IdempotencyKeys;
import com.techcorp.order.spi.KeyEffect;
import com.techcorp.order.spi.KeyRules;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Idempotency keys in memory. */
final class MemoryKeys implements IdempotencyKeys {
  private final MemoryDatabase database;
  private final MemoryTable<Scoped, Used> keys;

  private record Scoped(UUID caller, String key) {}

  MemoryKeys(MemoryDatabase database) {
    this.database = database;
    this.keys = new MemoryTable<>(database);
  }

  @Nullable Failure apply(KeyEffect effect) {
    if (effect instanceof KeyEffect.Claim) {
      MemoryJson.requireText(effect.key());
    }
    Scoped scoped = new Scoped(effect.caller(), effect.key());
    return KeyRules.decide(effect, keys.get(scoped), null)
        .ifAccepted(used -> store(effect, scoped, used.orElse(null)));
  }

  private void store(KeyEffect effect, Scoped scoped, @Nullable Used after) {
    Used before = keys.get(scoped);
    if (after != null) {
      keys.put(scoped, after);
    } else if (before != null) {
      keys.remove(scoped);
      if (effect instanceof KeyEffect.Retire) {
        keys.put(new Scoped(effect.caller(), KeyRules.past(effect.orderId())), before);
      }
    }
  }

  @Override
  public Optional<Used> find(UUID caller, String key) {
    return database.transaction(() -> Optional.ofNullable(keys.get(new Scoped(caller, key))));
  }
}
