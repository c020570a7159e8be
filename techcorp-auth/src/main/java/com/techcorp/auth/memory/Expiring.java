package com.techcorp.auth.memory;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;

/** Caches whose entries go at an instant that each of them tells, by a clock of the host's. */
final class Expiring {
  private Expiring() {}

  static <K, V> Caffeine<K, V> caches(InstantSource clock, Function<V, Instant> goesAt) {
    return caches(clock)
        .expireAfter(
            Expiry.writing(
                (K key, V value) -> Duration.between(clock.instant(), goesAt.apply(value))));
  }

  /** Nothing runs on a thread of its own, so what a test sees depends on its clock alone. */
  static Caffeine<Object, Object> caches(InstantSource clock) {
    return Caffeine.newBuilder().ticker(() -> nanos(clock.instant())).executor(Runnable::run);
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
  }
}
