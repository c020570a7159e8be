package com.techcorp.jdbc.internal.write;

import com.techcorp.order.spi.KeyEffect;
import java.util.UUID;

/** Which idempotency key: two callers may have the same one. */
record KeyId(UUID caller, String key) implements Comparable<KeyId> {
  @Override
  public int compareTo(KeyId other) {
    int byCaller = caller.compareTo(other.caller);
    return byCaller == 0 ? key.compareTo(other.key) : byCaller;
  }

  static KeyId of(KeyEffect effect) {
    return new KeyId(effect.caller(), effect.key());
  }
}
