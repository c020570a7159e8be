package com.techcorp.auth.spi;

import com.techcorp.auth.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ends sessions, wherever they are kept: first their access tokens are revoked, then they end. If
 * the second fails, a repetition finds them and does both again; the other way round, a session
 * that is gone would leave tokens behind. Each method can be repeated, and throws what the two
 * stores throw. Thread-safe.
 *
 * <p>Tokens are revoked by their session and not by an instant, so a token that a refresh issues at
 * the same moment is refused too, whatever the clocks of the processes say.
 */
public final class SessionTermination {
  /** A refresh may issue a token so long after the end that it did not see. */
  private static final Duration UNDER_WAY = Duration.ofMinutes(1);

  private final SessionStore sessions;
  private final Revocations revocations;
  private final Duration keep;

  private SessionTermination(SessionStore sessions, Revocations revocations, Duration keep) {
    this.sessions = sessions;
    this.revocations = revocations;
    this.keep = keep;
  }

  /**
   * Returns what ends the sessions of two stores that belong together.
   *
   * @param sessions where the sessions are
   * @param revocations what the verifiers of their access tokens read
   * @param tokenValidity how long an access token can be valid, as {@link TokenIssuer#validity}
   *     says
   * @return ends sessions
   */
  public static SessionTermination of(
      SessionStore sessions, Revocations revocations, Duration tokenValidity) {
    return new SessionTermination(sessions, revocations, tokenValidity.plus(UNDER_WAY));
  }

  /**
   * Ends a session that is known to be this user's. Its tokens are revoked even if the store does
   * not have it any more.
   *
   * @param userId the user
   * @param sessionId the session
   * @return whether it was there
   */
  public boolean end(UUID userId, UUID sessionId) {
    revoke(sessionId);
    return sessions.end(userId, sessionId);
  }

  /**
   * Ends a session if it is this user's. One of another user stays as it is, and so do its tokens.
   *
   * @param userId the user
   * @param sessionId any session
   * @return whether it was there
   */
  public boolean endIfOf(UUID userId, UUID sessionId) {
    return sessions.find(sessionId).filter(it -> it.userId().equals(userId)).isPresent()
        && end(userId, sessionId);
  }

  /**
   * Ends all sessions of a user, also those of logins that are under way.
   *
   * @param userId the user
   * @param except a session that goes on, or null
   * @return the sessions that ended, in no order
   */
  public List<UUID> endAll(UUID userId, @Nullable UUID except) {
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
    return ended;
  }

  /**
   * Revokes the tokens of a session that is gone.
   *
   * @param sessionId the session
   */
  public void revoke(UUID sessionId) {
    revocations.revokeSession(sessionId, keep);
  }

  /**
   * Revokes the tokens of a user that were issued before an instant, also those of sessions that
   * the store has lost.
   *
   * @param userId the user
   * @param before as the user's row says from which instant on sessions are valid
   */
  public void revokeBefore(UUID userId, Instant before) {
    revocations.revokeUser(userId, before, keep);
  }
}
