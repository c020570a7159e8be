package com.techcorp.auth.service;

import com.techcorp.auth.Session;
import com.techcorp.auth.SessionEndReason;
import com.techcorp.auth.User;
import com.techcorp.auth.UserStatus;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.auth.spi.SessionTermination;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ends sessions as {@link SessionTermination} does, and publishes that they have ended. Each method
 * can be repeated.
 */
final class SessionEndings {
  private final SessionTermination termination;
  private final SessionStore sessions;
  private final AuthEvents events;

  /**
   * @param sessions what is terminated, to look for what is left of it
   */
  SessionEndings(SessionTermination termination, SessionStore sessions, AuthEvents events) {
    this.termination = termination;
    this.sessions = sessions;
    this.events = events;
  }

  /** Ends a session that is known to be this user's. */
  boolean one(UUID userId, UUID sessionId, SessionEndReason reason) {
    return told(userId, sessionId, reason, termination.end(userId, sessionId));
  }

  /** Ends a session if it is this user's; one of another user is not touched. */
  boolean oneIfOf(UUID userId, UUID sessionId, SessionEndReason reason) {
    return told(userId, sessionId, reason, termination.endIfOf(userId, sessionId));
  }

  private boolean told(UUID userId, UUID sessionId, SessionEndReason reason, boolean ended) {
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
    List<UUID> ended = termination.endAll(userId, except);
    events.ended(userId, ended, reason);
    return ended;
  }

  /**
   * Ends all sessions of a user whose row has changed. The row's instant also revokes the tokens of
   * sessions that the store has lost.
   */
  void allAfterChange(User user, SessionEndReason reason) {
    termination.revokeBefore(user.id(), user.sessionsValidAfter());
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
    termination.revokeBefore(user.id(), user.sessionsValidAfter());
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
    termination.revoke(sessionId);
  }
}
