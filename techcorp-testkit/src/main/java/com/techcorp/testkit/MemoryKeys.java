package com.techcorp.testkit;

import com.techcorp.error.Failure;
import com.techcorp.order.spi.IdempotencyKeys;
import com.techcorp.order.spi.KeyEffect;
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
    if (effect instanceof KeyEffect.Claim claim) {
      return claim(claim);
    }
    if (effect instanceof KeyEffect.Free free) {
      free(free);
    } else {
      retire((KeyEffect.Retire) effect);
    }
    return null;
  }

  private void retire(KeyEffect.Retire retire) {
    Scoped scoped = new Scoped(retire.caller(), retire.key());
    Used used = keys.get(scoped);
    if (used != null && used.orderId().equals(retire.orderId())) {
      keys.remove(scoped);
      keys.put(new Scoped(retire.caller(), KeyEffect.PAST + retire.orderId()), used);
    }
  }

  private @Nullable Failure claim(KeyEffect.Claim claim) {
    MemoryJson.requireText(claim.key());
    Scoped scoped = new Scoped(claim.caller(), claim.key());
    if (keys.has(scoped)) {
      return Failure.of(KeyEffect.KEY_TAKEN, "the caller used this key before");
    }
    keys.put(scoped, new Used(claim.bodyHash(), claim.contents(), claim.orderId()));
    return null;
  }

  private void free(KeyEffect.Free free) {
    Scoped scoped = new Scoped(free.caller(), free.key());
    Used used = keys.get(scoped);
    if (used != null && used.orderId().equals(free.orderId())) {
      keys.remove(scoped);
    }
  }

  @Override
  public Optional<Used> find(UUID caller, String key) {
    return database.transaction(() -> Optional.ofNullable(keys.get(new Scoped(caller, key))));
  }
}
