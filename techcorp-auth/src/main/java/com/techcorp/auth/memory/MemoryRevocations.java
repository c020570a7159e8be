package com.techcorp.auth.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.techcorp.auth.spi.RevocationPage;
import com.techcorp.auth.spi.RevocationPage.Revocation;
import com.techcorp.auth.spi.Revocations;
import com.techcorp.error.OverloadedException;
import com.techcorp.error.Require;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps revocations in this process, and a bounded number of them: one that finds no place is
 * refused, and none is forgotten early. Thread-safe.
 */
public final class MemoryRevocations implements Revocations {
  /** Revocations that are held at the most, if nothing else is said. */
  public static final int MOST = 100_000;

  private final Cache<Target, Entry> entries;
  private final int most;
  private final InstantSource clock;

  /** The number of the latest entry that a reader can be sure to see. */
  private volatile long latest;

  private MemoryRevocations(int most, InstantSource clock) {
    Require.atLeast("MemoryRevocations.most", most, 1);
    this.most = most;
    this.clock = clock;
    this.entries = Expiring.caches(clock, Entry::until).build();
  }

  /**
   * Holds {@value #MOST} revocations at the most, on this machine's clock.
   *
   * @return revocations, of which there are none yet
   */
  public static MemoryRevocations create() {
    return create(MOST, InstantSource.system());
  }

  /**
   * Holds a number of revocations.
   *
   * @param most how many, from 1
   * @param clock the current time
   * @return revocations, of which there are none yet
   * @throws com.techcorp.error.WiringException if the number is out of range
   */
  public static MemoryRevocations create(int most, InstantSource clock) {
    return new MemoryRevocations(most, clock);
  }

  /**
   * What is revoked.
   *
   * @param id the session, or the user
   * @param before of a user's tokens, those that were issued before it; null: a session
   */
  private record Target(UUID id, @Nullable Instant before) {}

  /**
   * A revocation.
   *
   * @param number later ones have a greater one
   * @param target what is revoked
   * @param until when no token of it can be valid any more
   */
  private record Entry(long number, Target target, Instant until) {
    Revocation revocation(Instant now) {
      Duration keep = Duration.between(now, until);
      Instant before = target.before();
      return before == null
          ? new RevocationPage.OfSession(target.id(), keep)
          : new RevocationPage.OfUser(target.id(), before, keep);
    }
  }

  @Override
  public void revokeSession(UUID sessionId, Duration keep) {
    add(new Target(sessionId, null), keep);
  }

  @Override
  public void revokeUser(UUID userId, Instant before, Duration keep) {
    add(new Target(userId, before.truncatedTo(ChronoUnit.MILLIS)), keep);
  }

  private synchronized void add(Target target, Duration keep) {
    Instant until = clock.instant().plus(keep);
    Entry before = entries.getIfPresent(target);
    if (before != null && !before.until().isBefore(until)) {
      return;
    }
    if (before == null) {
      requirePlace();
    }
    long number = latest + 1;
    entries.put(target, new Entry(number, target, until));
    latest = number;
  }

  private void requirePlace() {
    if (entries.estimatedSize() < most) {
      return;
    }
    entries.cleanUp(); // what has expired still counts
    if (entries.estimatedSize() >= most) {
      throw new OverloadedException(
          "this process holds " + most + " revocations, and may hold no more: revoke it later");
    }
  }

  /** What is added while it reads has a greater number than {@code upTo}: the next page has it. */
  @Override
  public RevocationPage since(@Nullable String cursor, int limit) {
    long after = cursor == null ? 0 : Long.parseLong(cursor);
    long upTo = latest;
    List<Entry> found = after == upTo ? List.of() : between(after, upTo, limit + 1L);
    boolean more = found.size() > limit;
    List<Entry> page = more ? found.subList(0, limit) : found;
    long reached = more ? page.get(limit - 1).number() : upTo;
    Instant now = clock.instant();
    return new RevocationPage(
        page.stream().map(entry -> entry.revocation(now)).toList(), Long.toString(reached), more);
  }

  private List<Entry> between(long after, long upTo, long count) {
    return entries.asMap().values().stream()
        .filter(entry -> entry.number() > after && entry.number() <= upTo)
        .sorted(Comparator.comparingLong(Entry::number))
        .limit(count)
        .toList();
  }
}
