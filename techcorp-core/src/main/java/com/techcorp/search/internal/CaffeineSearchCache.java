package com.techcorp.search.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.techcorp.search.SearchPage;
import com.techcorp.search.spi.SearchCache;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps pages in this process. Thread-safe; a hit takes no lock. */
public final class CaffeineSearchCache implements SearchCache {
  private final Cache<PageKey, Slot> slots;
  private final Map<String, Long> generations = new ConcurrentHashMap<>();
  private final AtomicLong tokens = new AtomicLong();
  private final LongSupplier nanoTime;

  /**
   * Creates an empty cache.
   *
   * @param pages the most pages; those that are seldom asked for go first
   * @param nanoTime the time by which pages age, in nanoseconds
   */
  public CaffeineSearchCache(int pages, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.slots =
        Caffeine.newBuilder()
            .maximumSize(pages)
            .ticker(nanoTime::getAsLong)
            .executor(Runnable::run)
            .expireAfter(
                Expiry.<PageKey, Slot>writing(
                    (key, slot) -> Duration.ofNanos(slot.left(nanoTime.getAsLong()))))
            .build();
  }

  /** What is known of a page: the last one that was kept, and who asks for the next one. */
  private record Slot(@Nullable Kept kept, @Nullable Held held) {
    /** For how long anything of it matters. */
    long left(long now) {
      long page = kept == null ? 0 : kept.staleUntil() - now;
      long lease = held == null ? 0 : held.until() - now;
      return Math.max(0, Math.max(page, lease));
    }
  }

  private record Kept(
      SearchPage page, Lease lease, long currentUntil, long staleUntil, long queryNanos) {
    boolean isCurrent(long generation, long now) {
      return lease.generation() >= generation && currentUntil - now > 0;
    }

    boolean isDue(long now, double earliness) {
      return currentUntil - now < queryNanos * earliness;
    }
  }

  private record Held(Lease lease, long until) {
    /** Of an earlier generation it is worth nothing. */
    boolean holds(long generation, long now) {
      return lease.generation() >= generation && until - now > 0;
    }
  }

  @Override
  public LookUp lookUp(PageKey key, Duration lease, double earliness) {
    long now = nanoTime.getAsLong();
    long generation = generation(key.index());
    Slot seen = slots.getIfPresent(key);
    Kept kept = seen == null ? null : seen.kept();
    if (kept != null && kept.isCurrent(generation, now) && !kept.isDue(now, earliness)) {
      return new LookUp.Hit(kept.page(), null);
    }
    Held mine =
        new Held(
            new Lease(Long.toString(tokens.incrementAndGet()), generation), now + lease.toNanos());
    Slot slot =
        slots.asMap().compute(key, (same, before) -> withLease(before, mine, now, earliness));
    Lease given =
        slot.held() != null && slot.held().lease().equals(mine.lease()) ? mine.lease() : null;
    if (slot.kept() != null && slot.kept().isCurrent(generation, now)) {
      return new LookUp.Hit(slot.kept().page(), given);
    }
    return given == null ? new LookUp.Taken(generation) : new LookUp.Miss(given);
  }

  private static Slot withLease(@Nullable Slot before, Held mine, long now, double earliness) {
    if (before == null) {
      return new Slot(null, mine);
    }
    long generation = mine.lease().generation();
    Kept kept = before.kept();
    boolean served = kept != null && kept.isCurrent(generation, now) && !kept.isDue(now, earliness);
    boolean taken = before.held() != null && before.held().holds(generation, now);
    return served || taken ? before : new Slot(kept, mine);
  }

  @Override
  public boolean store(PageKey key, Lease lease, SearchPage page, Times times) {
    long now = nanoTime.getAsLong();
    Kept mine =
        new Kept(
            page,
            lease,
            now + times.current().toNanos(),
            now + times.stale().toNanos(),
            times.query().toNanos());
    Slot slot =
        slots
            .asMap()
            .computeIfPresent(
                key,
                (same, before) -> owns(before, key, lease, now) ? new Slot(mine, null) : before);
    return slot != null && mine.equals(slot.kept());
  }

  private boolean owns(Slot slot, PageKey key, Lease lease, long now) {
    return slot.held() != null
        && slot.held().lease().equals(lease)
        && slot.held().holds(generation(key.index()), now);
  }

  @Override
  public void release(PageKey key, Lease lease) {
    slots
        .asMap()
        .computeIfPresent(
            key,
            (same, slot) -> {
              if (slot.held() == null || !slot.held().lease().equals(lease)) {
                return slot;
              }
              return slot.kept() == null ? null : new Slot(slot.kept(), null);
            });
  }

  @Override
  public Optional<SearchPage> lastPage(PageKey key) {
    long now = nanoTime.getAsLong();
    return Optional.ofNullable(slots.getIfPresent(key))
        .map(Slot::kept)
        .filter(kept -> kept.staleUntil() - now > 0)
        .map(Kept::page);
  }

  @Override
  public void moveTo(String index, long generation) {
    generations.merge(index, generation, Math::max);
  }

  private long generation(String index) {
    return generations.getOrDefault(index, 0L);
  }
}
