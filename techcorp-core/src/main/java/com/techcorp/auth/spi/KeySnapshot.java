package com.techcorp.auth.spi;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The live signing keys at one moment.
 *
 * @param keys in the order in which they were published
 * @param readAt that moment, by the store's time
 */
public record KeySnapshot(List<StoredKey> keys, Instant readAt) {
  /** Makes an unmodifiable copy. */
  public KeySnapshot {
    keys = List.copyOf(keys);
    Objects.requireNonNull(readAt, "readAt");
  }

  /**
   * Returns the key that signs next.
   *
   * @return the key in {@link KeyState#NEXT}
   */
  public Optional<StoredKey> next() {
    return in(KeyState.NEXT);
  }

  /**
   * Returns the key that signs.
   *
   * @return the key in {@link KeyState#ACTIVE}
   */
  public Optional<StoredKey> active() {
    return in(KeyState.ACTIVE);
  }

  private Optional<StoredKey> in(KeyState state) {
    return keys.stream().filter(key -> key.state() == state).findFirst();
  }
}
