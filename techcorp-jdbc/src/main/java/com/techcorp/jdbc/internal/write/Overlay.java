package com.techcorp.jdbc.internal.write;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a guard read, changed by the effects that it admitted so far.
 *
 * @param <K> by what
 * @param <V> what is known of it
 */
final class Overlay<K, V> {
  private final Map<K, V> kept = new HashMap<>();
  private final Map<K, @Nullable V> pending = new HashMap<>();

  void load(K key, V value) {
    kept.put(key, value);
  }

  @Nullable V get(K key) {
    return pending.containsKey(key) ? pending.get(key) : kept.get(key);
  }

  /** Null: it is gone. */
  void put(K key, @Nullable V value) {
    pending.put(key, value);
  }

  void keep() {
    pending.forEach(
        (key, value) -> {
          if (value == null) {
            kept.remove(key);
          } else {
            kept.put(key, value);
          }
        });
    pending.clear();
  }

  void undo() {
    pending.clear();
  }
}
