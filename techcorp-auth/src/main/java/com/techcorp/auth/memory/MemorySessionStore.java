package com.techcorp.auth.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.techcorp.auth.Session;
import com.techcorp.auth.spi.NewSession;
import com.techcorp.auth.spi.Rotation;
import com.techcorp.auth.spi.RotationResult;
import com.techcorp.auth.spi.SessionCreation;
import com.techcorp.auth.spi.SessionEpoch;
import com.techcorp.auth.spi.SessionRules;
import com.techcorp.auth.spi.SessionRules.Decision;
import com.techcorp.auth.spi.SessionRules.Generations;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.error.OverloadedException;
import com.techcorp.error.Require;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions in this process, and a bounded number of them: a login that finds no place is
 * refused, and ends nobody else's session. Thread-safe.
 */
public final class MemorySessionStore implements SessionStore {
  /** Sessions that a store holds at the most, if nothing else is said. */
  public static final int MOST = 100_000;

  /** No login is under way for longer than this after it has read its epoch. */
  private static final Duration EPOCHS_KEPT = Duration.ofDays(1);

  private static final int LOCKS = 64;

  private final Cache<UUID, HeldSession> sessions;
  private final Cache<UUID, UserSessions> byUser;

  /** Of each user, the number of the latest end of all sessions. */
  private final Cache<UUID, Long> epochs;

  private final AtomicLong ends = new AtomicLong();

  /** The epoch of users of whom none is known: none that had to make place was later. */
  private final AtomicLong forgotten = new AtomicLong();

  private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();
  private final int most;
  private final InstantSource clock;
  private final Rules rules;

  MemorySessionStore(int most, InstantSource clock, Rules rules) {
    Require.atLeast("MemorySessionStore.most", most, 1);
    this.most = most;
    this.clock = clock;
    this.rules = rules;
    this.sessions = Expiring.caches(clock, HeldSession::goesAt).build();
    this.byUser = Expiring.caches(clock, UserSessions::until).build();
    this.epochs =
        Expiring.caches(clock)
            .expireAfterAccess(EPOCHS_KEPT)
            .maximumSize(most)
            .evictionListener(
                (@Nullable UUID user, @Nullable Long epoch, RemovalCause cause) ->
                    evicted(epoch, cause))
            .build();
  }

  /**
   * Makes an empty store of {@value #MOST} sessions at the most, on this machine's clock.
   *
   * @return the store
   */
  public static MemorySessionStore create() {
    return create(MOST, InstantSource.system());
  }

  /**
   * Makes an empty store.
   *
   * @param most sessions that it holds, from 1
   * @param clock the current time
   * @return the store
   * @throws com.techcorp.error.WiringException if the number is out of range
   */
  public static MemorySessionStore create(int most, InstantSource clock) {
    return new MemorySessionStore(most, clock, SessionRules::decide);
  }

  /** How it decides about a token: by {@link SessionRules}. */
  @FunctionalInterface
  interface Rules {
    Decision decide(
        Generations state, int presented, Instant now, Duration grace, boolean lostReplies);
  }

  /**
   * The sessions of a user, also some that are gone.
   *
   * @param ids the oldest first
   * @param until when the last of them is gone
   */
  private record UserSessions(List<UUID> ids, Instant until) {
    static final UserSessions NONE = new UserSessions(List.of(), Instant.MIN);
  }

  /** All logins that are under way lose then, if nothing is known of their users' epochs. */
  private void evicted(@Nullable Long epoch, RemovalCause cause) {
    if (epoch != null && cause == RemovalCause.SIZE) {
      forgotten.accumulateAndGet(epoch, Math::max);
    }
  }

  @Override
  public SessionEpoch epoch(UUID userId) {
    Long known = epochs.getIfPresent(userId);
    long number = known == null ? forgotten.get() : known;
    return new SessionEpoch(number == 0 ? "" : Long.toString(number));
  }

  @Override
  public SessionCreation create(NewSession session, SessionEpoch epoch, int mostOfUser) {
    UUID user = session.userId();
    synchronized (lockOf(user)) {
      if (!epoch(user).equals(epoch)) {
        return new SessionCreation.Overtaken();
      }
      UserSessions before = ofUser(user);
      List<UUID> live = new ArrayList<>(before.ids());
      live.removeIf(id -> sessions.getIfPresent(id) == null);
      List<UUID> oldest = live.subList(0, Math.max(0, live.size() + 1 - mostOfUser));
      List<UUID> ended = List.copyOf(oldest);
      if (ended.isEmpty()) {
        requirePlace();
      }
      sessions.invalidateAll(ended);
      oldest.clear();
      HeldSession held = HeldSession.created(session, clock.instant());
      sessions.put(session.id(), held);
      live.add(session.id());
      byUser.put(user, new UserSessions(List.copyOf(live), later(before.until(), held)));
      return new SessionCreation.Created(ended);
    }
  }

  private static Instant later(Instant until, HeldSession held) {
    return held.expiresAt().isAfter(until) ? held.expiresAt() : until;
  }

  private void requirePlace() {
    if (sessions.estimatedSize() < most) {
      return;
    }
    sessions.cleanUp(); // what has expired still counts
    if (sessions.estimatedSize() >= most) {
      throw new OverloadedException(
          "this process holds " + most + " sessions, and may hold no more: log in later");
    }
  }

  @Override
  public RotationResult rotate(Rotation rotation) {
    HeldSession found = sessions.getIfPresent(rotation.sessionId());
    if (found == null) {
      return new RotationResult.Gone();
    }
    synchronized (lockOf(found.session().userId())) {
      HeldSession held = sessions.getIfPresent(rotation.sessionId());
      return held == null ? new RotationResult.Gone() : rotate(held, rotation);
    }
  }

  private RotationResult rotate(HeldSession held, Rotation rotation) {
    Instant now = clock.instant();
    int current = held.generations().current();
    Rotation.Successors successors = rotation.successors();
    Decision decision =
        rules.decide(
            held.generations(),
            rotation.generation(),
            now,
            rotation.grace(),
            rotation.lostReplies());
    if (decision instanceof Decision.Rotate rotate) {
      return keep(held.rotated(rotate.next(), successors.ofNext(), now));
    }
    if (decision instanceof Decision.Replace replace) {
      return current == successors.replacedGeneration()
          ? keep(held.rotated(replace.next(), successors.ofReplacement(), now))
          : new RotationResult.Expected(current);
    }
    if (decision instanceof Decision.End) {
      sessions.invalidate(rotation.sessionId());
      return new RotationResult.Reused(held.session().userId());
    }
    return held.current();
  }

  private RotationResult keep(HeldSession next) {
    sessions.put(next.session().id(), next);
    return next.current();
  }

  @Override
  public Optional<Session> find(UUID sessionId) {
    return Optional.ofNullable(sessions.getIfPresent(sessionId)).map(HeldSession::visible);
  }

  @Override
  public List<Session> list(UUID userId) {
    return ofUser(userId).ids().stream().map(this::find).flatMap(Optional::stream).toList();
  }

  @Override
  public boolean end(UUID userId, UUID sessionId) {
    synchronized (lockOf(userId)) {
      HeldSession held = sessions.getIfPresent(sessionId);
      if (held == null || !held.session().userId().equals(userId)) {
        return false;
      }
      sessions.invalidate(sessionId);
      return true;
    }
  }

  @Override
  public List<UUID> endAll(UUID userId, @Nullable UUID except) {
    synchronized (lockOf(userId)) {
      epochs.put(userId, ends.incrementAndGet());
      List<UUID> ended =
          list(userId).stream().map(Session::id).filter(id -> !id.equals(except)).toList();
      sessions.invalidateAll(ended);
      return ended;
    }
  }

  private UserSessions ofUser(UUID userId) {
    return Objects.requireNonNullElse(byUser.getIfPresent(userId), UserSessions.NONE);
  }

  private Object lockOf(UUID userId) {
    return locks[Math.floorMod(userId.hashCode(), LOCKS)];
  }
}
