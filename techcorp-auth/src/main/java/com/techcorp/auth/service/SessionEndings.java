package com.techcorp.auth.service;

import com.techcorp.auth.Session;
import com.techcorp.auth.SessionEndReason;
import com.techcorp.auth.User;
import com.techcorp.auth.UserStatus;
import com.techcorp.auth.spi.Revocations;
import com.techcorp.auth.spi.SessionStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ends sessions: first their access tokens are revoked, then they end. If the second fails, a
 * repetition finds them and does both again; the other way round, a session that is gone would
 * leave tokens behind. Each method can be repeated.
 *
 * <p>Tokens are revoked by their session and not by an instant, so a token that a refresh issues at
 * the same moment is refused too, whatever the clocks of the processes say.
 */
final class SessionEndings {
  /** A refresh may issue a token so long after the end that it did not see. */
  private static final Duration UNDER_WAY = Duration.ofMinutes(1);

  private final SessionStore sessions;
  private final Revocations revocations;
  private final AuthEvents events;
  private final Duration keep;

  /**
   * @param validity how long a token can be valid
   */
  SessionEndings(
      SessionStore sessions, Revocations revocations, AuthEvents events, Duration validity) {
    this.sessions = sessions;
    this.revocations = revocations;
    this.events = events;
    this.keep = validity.plus(UNDER_WAY);
  }

  /** Ends a session that is known to be this user's. */
  boolean one(UUID userId, UUID sessionId, SessionEndReason reason) {
    revoke(sessionId);
    boolean ended = sessions.end(userId, sessionId);
    if (ended) {
      events.ended(userId, List.of(sessionId), reason);
    }
    return ended;
  }

  /**
   * Ends all sessions of a user.
   *
   * @param except a session that goes on, or null
   */
  List<UUID> all(UUID userId, @Nullable UUID except, SessionEndReason reason) {
    Set<UUID> revoked = new HashSet<>();
    for (Session session : sessions.list(userId)) {
      if (!session.id().equals(except) && revoked.add(session.id())) {
        revoke(session.id());
      }
    }
    List<UUID> ended = sessions.endAll(userId, except);
    for (UUID sessionId : ended) {
      if (revoked.add(sessionId)) {
        revoke(sessionId);
      }
    }
    events.ended(userId, ended, reason);
    return ended;
  }

  /**
   * Ends all sessions of a user whose row has changed. The row's instant also revokes the tokens of
   * sessions that the store has lost.
   */
  void allAfterChange(User user, SessionEndReason reason) {
    revocations.revokeUser(user.id(), user.sessionsValidAfter(), keep);
    all(user.id(), null, reason);
  }

  /**
   * Ends what a change of a user's row should have ended, and leaves later sessions alone. It can
   * come late, and often.
   */
  void olderThanChange(User user) {
    if (user.status() == UserStatus.DISABLED) {
      allAfterChange(user, SessionEndReason.USER_DISABLED);
      return;
    }
    revocations.revokeUser(user.id(), user.sessionsValidAfter(), keep);
    for (Session session : sessions.list(user.id())) {
      if (!user.allows(session)) {
        one(user.id(), session.id(), SessionEndReason.PASSWORD_CHANGED);
      }
    }
  }

  /** Revokes the tokens of sessions that the store has ended by itself. */
  void endedByStore(UUID userId, List<UUID> sessionIds, SessionEndReason reason) {
    sessionIds.forEach(this::revoke);
    events.ended(userId, sessionIds, reason);
  }

  /** Revokes the tokens of a session that is gone. */
  void revoke(UUID sessionId) {
    revocations.revokeSession(sessionId, keep);
  }
}
