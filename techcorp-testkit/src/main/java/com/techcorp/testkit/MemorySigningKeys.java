package com.techcorp.testkit;

import com.techcorp.auth.spi.KeyChange;
import com.techcorp.auth.spi.KeyRules;
import com.techcorp.auth.spi.KeySnapshot;
import com.techcorp.auth.spi.SigningKeyStore;
import com.techcorp.auth.spi.StoredKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Signing keys in memory. */
final class MemorySigningKeys implements SigningKeyStore {
  private final MemoryDatabase database;
  private List<StoredKey> keys = List.of();

  MemorySigningKeys(MemoryDatabase database) {
    this.database = database;
  }

  @Override
  public KeySnapshot read() {
    return database.transaction(
        () ->
            new KeySnapshot(
                keys.stream().filter(key -> key.state().isLive()).toList(), database.now()));
  }

  @Override
  public List<StoredKey> ended(int limit) {
    return database.transaction(
        () ->
            keys.stream()
                .filter(key -> !key.state().isLive())
                .sorted(Comparator.comparing(MemorySigningKeys::end).reversed())
                .limit(limit)
                .toList());
  }

  private static Instant end(StoredKey key) {
    Instant dropped = key.times().dropped();
    return dropped == null ? Instant.MAX : dropped;
  }

  @Override
  public boolean change(KeyChange change) {
    return database.transaction(
        () -> {
          Optional<List<StoredKey>> changed = KeyRules.applied(keys, change, database.now());
          List<StoredKey> before = keys;
          keys = changed.orElse(before);
          database.onRollback(() -> keys = before);
          return changed.isPresent();
        });
  }
}
