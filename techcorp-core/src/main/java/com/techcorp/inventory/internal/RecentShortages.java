package com.techcorp.inventory.internal;

import com.techcorp.inventory.spi.KnownShortages;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Remembers refusals for a second. Halfway one order goes through and renews what is known; if it
 * does not come back in time, the memory ends and all go through.
 */
public final class RecentShortages implements KnownShortages {
  private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long RENEWED_NANOS = KEPT_NANOS / 2;
  private static final int MOST = 10_000;

  private final Map<UUID, Shortage> shortages = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;

  private record Shortage(long available, long sinceNanos, boolean asked) {}

  /**
   * Creates a memory without shortages.
   *
   * @param nanoTime a monotonic time
   */
  public RecentShortages(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public boolean isEmpty() {
    return shortages.isEmpty();
  }

  @Override
  public OptionalLong atMost(UUID productId) {
    Shortage known = shortages.get(productId);
    if (known == null) {
      return OptionalLong.empty();
    }
    if (age(known) >= KEPT_NANOS) {
      shortages.remove(productId, known);
      return OptionalLong.empty();
    }
    return OptionalLong.of(known.available());
  }

  @Override
  public boolean mayAsk(UUID productId) {
    Shortage known = shortages.get(productId);
    if (known == null || age(known) >= KEPT_NANOS) {
      return true;
    }
    return !known.asked()
        && age(known) >= RENEWED_NANOS
        && shortages.replace(
            productId, known, new Shortage(known.available(), known.sinceNanos(), true));
  }

  private long age(Shortage shortage) {
    return nanoTime.getAsLong() - shortage.sinceNanos();
  }

  @Override
  public void refused(UUID productId, long available) {
    if (shortages.size() >= MOST && !shortages.containsKey(productId)) {
      shortages.values().removeIf(known -> age(known) >= KEPT_NANOS);
      if (shortages.size() >= MOST) {
        return; // these orders go to the storage, as those of any product that is in stock do
      }
    }
    shortages.put(productId, new Shortage(available, nanoTime.getAsLong(), false));
  }

  @Override
  public void forget(UUID productId) {
    shortages.remove(productId);
  }
}
