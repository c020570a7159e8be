package com.techcorp.auth.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.techcorp.auth.spi.LoginLimits;
import com.techcorp.error.Require;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts attempts in this process, by a bounded number of keys: if there are more, keys that are
 * seldom used start with a full budget again. Thread-safe.
 *
 * <p>It is the generic cell rate algorithm: all that is kept of a key is the instant at which its
 * budget is full again.
 */
public final class MemoryLoginLimits implements LoginLimits {
  /** Keys that are held at the most, if nothing else is said. */
  public static final int MOST = 100_000;

  private final Cache<String, Instant> fullAt;
  private final InstantSource clock;

  private MemoryLoginLimits(int most, InstantSource clock) {
    Require.atLeast("MemoryLoginLimits.most", most, 1);
    this.clock = clock;
    this.fullAt = Expiring.<String, Instant>caches(clock, full -> full).maximumSize(most).build();
  }

  /**
   * Holds {@value #MOST} keys at the most, on this machine's clock.
   *
   * @return limits, with all budgets full
   */
  public static MemoryLoginLimits create() {
    return create(MOST, InstantSource.system());
  }

  /**
   * Holds a number of keys.
   *
   * @param most how many, from 1
   * @param clock the current time
   * @return limits, with all budgets full
   * @throws com.techcorp.error.WiringException if the number is out of range
   */
  public static MemoryLoginLimits create(int most, InstantSource clock) {
    return new MemoryLoginLimits(most, clock);
  }

  @Override
  public Optional<Duration> take(String key, Budget budget) {
    while (true) {
      Instant now = clock.instant();
      Instant before = fullAt.getIfPresent(key);
      Instant from = before == null || before.isBefore(now) ? now : before;
      Instant after = from.plus(budget.per());
      Instant latest = now.plus(budget.per().multipliedBy(budget.attempts()));
      if (after.isAfter(latest)) {
        return Optional.of(Duration.between(latest, after));
      }
      if (changed(key, before, after)) {
        return Optional.empty();
      }
    }
  }

  @Override
  public void giveBack(String key, Budget budget) {
    while (true) {
      Instant before = fullAt.getIfPresent(key);
      if (before == null) {
        return; // full
      }
      Instant after = before.minus(budget.per());
      boolean done =
          after.isAfter(clock.instant())
              ? changed(key, before, after)
              : fullAt.asMap().remove(key, before);
      if (done) {
        return;
      }
    }
  }

  /** Unless another attempt came first. */
  private boolean changed(String key, @Nullable Instant before, Instant after) {
    return before == null
        ? fullAt.asMap().putIfAbsent(key, after) == null
        : fullAt.asMap().replace(key, before, after);
  }

  /** How many keys there are now. */
  long keys() {
    fullAt.cleanUp();
    return fullAt.estimatedSize();
  }
}
