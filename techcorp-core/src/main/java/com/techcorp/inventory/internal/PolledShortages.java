package com.techcorp.inventory.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.error.Reasons;
import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.StockCounter;
import com.techcorp.inventory.spi.KnownShortages;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a known shortage early when the counters say that units came back, wherever that happened.
 * Only products of which an order was refused a moment ago are looked up, all in one read.
 *
 * <p>A counter can end what is known, and never adds to it: one that is too low does no harm. One
 * that is too high, because a write was lost, lets orders through to the storage once and not at
 * each look: a version ends what is known only once.
 */
public final class PolledShortages implements KnownShortages {
  /** How often the counters should be looked at. */
  public static final Duration PERIOD = Duration.ofMillis(100);

  private static final Logger log = LoggerFactory.getLogger(PolledShortages.class);
  private static final long WATCHED_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int MOST = 1_000;

  private final KnownShortages known;
  private final StockCounter counter;
  private final LongSupplier nanoTime;
  private final Map<UUID, Watched> watched = new ConcurrentHashMap<>();
  private volatile boolean away;

  /**
   * A product of which an order was refused.
   *
   * @param available at the last refusal
   * @param heeded the highest version that has ended what was known
   */
  private record Watched(long available, long refusedNanos, long heeded) {
    static Watched since(long available, long now) {
      return new Watched(available, now, -1);
    }

    Watched refused(long available, long now) {
      return new Watched(available, now, heeded);
    }

    /** Whether a count says that more is there, and has not said so before. */
    boolean isNews(StockCount count) {
      return count.available() > available && count.version() > heeded;
    }

    Watched heeding(StockCount count) {
      return new Watched(available, refusedNanos, count.version());
    }
  }

  /**
   * Creates a view of shortages that counters can end.
   *
   * @param known remembers what this process was refused
   * @param counter is looked at
   * @param nanoTime a monotonic time
   */
  public PolledShortages(KnownShortages known, StockCounter counter, LongSupplier nanoTime) {
    this.known = known;
    this.counter = counter;
    this.nanoTime = nanoTime;
  }

  @Override
  public boolean isEmpty() {
    return known.isEmpty();
  }

  @Override
  public OptionalLong atMost(UUID productId) {
    return known.atMost(productId);
  }

  @Override
  public boolean mayAsk(UUID productId) {
    return known.mayAsk(productId);
  }

  @Override
  public void refused(UUID productId, long available) {
    known.refused(productId, available);
    long now = nanoTime.getAsLong();
    if (watched.size() < MOST || watched.containsKey(productId)) {
      watched.compute(
          productId,
          (id, before) ->
              before == null ? Watched.since(available, now) : before.refused(available, now));
    }
  }

  @Override
  public void forget(UUID productId) {
    known.forget(productId);
  }

  /**
   * Looks at the counters once; call it every {@link #PERIOD}.
   *
   * @param faults gets what a counter throws
   */
  public void poll(FaultBoundary faults) {
    long now = nanoTime.getAsLong();
    watched.values().removeIf(product -> now - product.refusedNanos() >= WATCHED_NANOS);
    if (watched.isEmpty()) {
      return;
    }
    Map<UUID, StockCount> counts;
    try {
      counts = counter.read(List.copyOf(watched.keySet()));
    } catch (Throwable e) {
      unread(e);
      faults.caught(e);
      return;
    }
    away = false;
    counts.values().forEach(this::counted);
  }

  private void counted(StockCount count) {
    UUID product = count.productId();
    Watched before = watched.get(product);
    if (before != null
        && before.isNews(count)
        && watched.replace(product, before, before.heeding(count))) {
      known.forget(product);
    }
  }

  /** What is known ends by itself, a moment later. */
  private void unread(Throwable why) {
    if (!away) {
      log.info("The counters of available units cannot be read: {}", Reasons.of(why));
      away = true;
    }
  }
}
