package com.techcorp.auth.memory;

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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A store with a mistake in it that others have made, or that is near. */
class BrokenStore implements SessionStore {
  private static final Duration GRACE = Duration.ofSeconds(10);

  final SessionStore store;
  final InstantSource clock;

  BrokenStore(SessionStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** A store that decides in another way than {@link SessionRules}. */
  static SessionStore deciding(InstantSource clock, MemorySessionStore.Rules rules) {
    return new MemorySessionStore(1_000, clock, rules);
  }

  static Decision right(
      Generations state, int presented, Instant now, Duration grace, boolean lostReplies) {
    return SessionRules.decide(state, presented, now, grace, lostReplies);
  }

  static boolean isWithin(Generations state, Instant now, Duration grace) {
    return !now.isAfter(state.rotatedAt().plus(grace));
  }

  /** Each rotation begins the lifetime anew. */
  static final class ExtendingLifetimes extends BrokenStore {
    ExtendingLifetimes(InstantSource clock) {
      super(MemorySessionStore.create(1_000, clock), clock);
    }

    @Override
    public SessionCreation create(NewSession session, SessionEpoch epoch, int most) {
      return store.create(
          new NewSession(
              session.id(),
              session.userId(),
              session.tokenHash(),
              session.deviceInfo(),
              session.createdAt(),
              Duration.ofDays(365),
              session.idle() == null ? session.lifetime() : session.idle()),
          epoch,
          most);
    }
  }

  /** Does not compare the epoch of the login with that of the user. */
  static final class IgnoringEpochs extends BrokenStore {
    IgnoringEpochs(InstantSource clock) {
      super(MemorySessionStore.create(1_000, clock), clock);
    }

    @Override
    public SessionCreation create(NewSession session, SessionEpoch epoch, int most) {
      return store.create(session, store.epoch(session.userId()), most);
    }
  }

  /** Its index has lost a session: "end all" misses it. */
  static final class MissingOne extends BrokenStore {
    MissingOne(InstantSource clock) {
      super(MemorySessionStore.create(1_000, clock), clock);
    }

    @Override
    public List<UUID> endAll(UUID userId, @Nullable UUID except) {
      List<Session> sessions = store.list(userId);
      return store.endAll(userId, sessions.isEmpty() ? except : sessions.get(0).id());
    }
  }

  /** A refresh writes back what it has read before the session ended. */
  static final class WritingBack extends BrokenStore {
    private final Map<UUID, Instant> rotated = new HashMap<>();

    WritingBack(InstantSource clock) {
      super(MemorySessionStore.create(1_000, clock), clock);
    }

    @Override
    public RotationResult rotate(Rotation rotation) {
      rotated.put(rotation.sessionId(), clock.instant());
      return store.rotate(rotation);
    }

    @Override
    public boolean end(UUID userId, UUID sessionId) {
      Instant last = rotated.getOrDefault(sessionId, Instant.EPOCH);
      boolean underWay = clock.instant().isBefore(last.plus(GRACE));
      return underWay ? store.find(sessionId).isPresent() : store.end(userId, sessionId);
    }
  }

  /** Says that a token was used twice, and ends nothing. */
  static final class RefusingOnly extends BrokenStore {
    private final Map<UUID, NewSession> sessions = new HashMap<>();
    private final Map<UUID, RotationResult.Current> current = new HashMap<>();

    RefusingOnly(InstantSource clock) {
      super(MemorySessionStore.create(1_000, clock), clock);
    }

    @Override
    public SessionCreation create(NewSession session, SessionEpoch epoch, int most) {
      sessions.put(session.id(), session);
      return store.create(session, epoch, most);
    }

    @Override
    public RotationResult rotate(Rotation rotation) {
      RotationResult result = store.rotate(rotation);
      UUID id = rotation.sessionId();
      if (result instanceof RotationResult.Current answered) {
        current.put(id, answered);
      }
      RotationResult.Current last = current.get(id);
      if (result instanceof RotationResult.Reused && last != null) {
        NewSession session = sessions.get(id);
        store.create(session, store.epoch(session.userId()), 1_000);
        int before = last.generation() - 1;
        store.rotate(
            new Rotation(
                id,
                before,
                new Rotation.Successors(last.tokenHash(), before, last.tokenHash()),
                GRACE,
                false));
      }
      return result;
    }
  }

  @Override
  public SessionEpoch epoch(UUID userId) {
    return store.epoch(userId);
  }

  @Override
  public SessionCreation create(NewSession session, SessionEpoch epoch, int most) {
    return store.create(session, epoch, most);
  }

  @Override
  public RotationResult rotate(Rotation rotation) {
    return store.rotate(rotation);
  }

  @Override
  public Optional<Session> find(UUID sessionId) {
    return store.find(sessionId);
  }

  @Override
  public List<Session> list(UUID userId) {
    return store.list(userId);
  }

  @Override
  public boolean end(UUID userId, UUID sessionId) {
    return store.end(userId, sessionId);
  }

  @Override
  public List<UUID> endAll(UUID userId, @Nullable UUID except) {
    return store.endAll(userId, except);
  }
}
