package com.techcorp.search.internal;

import com.techcorp.error.UnavailableException;
import com.techcorp.search.SearchPage;
import com.techcorp.search.spi.SearchCache;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A cache that searches can do without: its faults reach nobody. After one it is left alone for a
 * second, so that a cache that hangs does not hold up each search. Thread-safe.
 */
final class OptionalCache implements SearchCache {
  private static final Duration LEFT_ALONE = Duration.ofSeconds(1);

  private final SearchCache cache;
  private final LongSupplier nanoTime;
  private volatile boolean away;
  private volatile long triedAgainAt;

  OptionalCache(SearchCache cache, LongSupplier nanoTime) {
    this.cache = cache;
    this.nanoTime = nanoTime;
  }

  private boolean isAway() {
    return away && triedAgainAt - nanoTime.getAsLong() > 0;
  }

  private void leaveAlone() {
    triedAgainAt = nanoTime.getAsLong() + LEFT_ALONE.toNanos();
    away = true;
  }

  @Override
  public LookUp lookUp(PageKey key, Duration lease, double earliness) {
    if (isAway()) {
      return new LookUp.Away();
    }
    try {
      LookUp found = cache.lookUp(key, lease, earliness);
      away = false;
      return found;
    } catch (UnavailableException e) {
      leaveAlone();
      return new LookUp.Away();
    }
  }

  @Override
  public boolean store(PageKey key, Lease lease, SearchPage page, Times times) {
    try {
      return !isAway() && cache.store(key, lease, page, times);
    } catch (UnavailableException e) {
      leaveAlone();
      return false;
    }
  }

  @Override
  public void release(PageKey key, Lease lease) {
    try {
      if (!isAway()) {
        cache.release(key, lease);
      }
    } catch (UnavailableException e) {
      leaveAlone(); // the lease ends by itself
    }
  }

  @Override
  public Optional<SearchPage> lastPage(PageKey key) {
    try {
      return isAway() ? Optional.empty() : cache.lastPage(key);
    } catch (UnavailableException e) {
      leaveAlone();
      return Optional.empty();
    }
  }

  /** Is always tried: a cache that missed a move would keep old pages current for others. */
  @Override
  public void moveTo(String index, long generation) {
    try {
      cache.moveTo(index, generation);
    } catch (UnavailableException e) {
      leaveAlone(); // it is told again within a second
    }
  }
}
