package com.techcorp.saga.internal;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Sagas that this process gave up, and leaves to other processes for the length of a lease; they
 * may not be stuck there. Without this the process whose timer comes first took up again and again
 * what it could not finish. Thread-safe.
 */
final class SagasLeftToOthers {
  private static final int MOST = 1_000;

  private final Duration lease;
  private final LongSupplier nanoTime;
  private final Map<UUID, Long> until = new ConcurrentHashMap<>();

  SagasLeftToOthers(Duration lease, LongSupplier nanoTime) {
    this.lease = lease;
    this.nanoTime = nanoTime;
  }

  void add(UUID id) {
    if (until.size() < MOST) {
      until.put(id, nanoTime.getAsLong() + lease.toNanos());
    }
  }

  /** Returns those that this process must not claim now. */
  Set<UUID> now() {
    long now = nanoTime.getAsLong();
    until.values().removeIf(end -> now - end >= 0);
    return Set.copyOf(until.keySet());
  }
}
