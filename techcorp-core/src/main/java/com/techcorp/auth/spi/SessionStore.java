package com.techcorp.auth.spi;

import com.techcorp.auth.Session;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions until they end or expire. Never the authority: whether a user may log in at all is
 * in the {@code UserDirectory}.
 *
 * <p>A session that has ended stays ended: nothing that is under way at the same time revives it.
 * Each method throws {@link com.techcorp.error.UnavailableException} if the store did not answer in
 * time; what was asked for may or may not have been done. Implementations are thread-safe.
 */
public interface SessionStore {
  /**
   * Returns what a login must show when it creates its session, so that it loses against {@link
   * #endAll} in between. Call it before the password is checked.
   *
   * @param userId the user
   * @return the epoch of the user's sessions
   */
  SessionEpoch epoch(UUID userId);

  /**
   * Writes a new session, unless the user's sessions were ended since the epoch was read. Once this
   * returns, the session can be listed, refreshed and ended.
   *
   * @param session the session
   * @param epoch as {@link #epoch} returned it when the login began
   * @param most sessions that a user may have; at least 1
   * @return what became of it
   */
  SessionCreation create(NewSession session, SessionEpoch epoch, int most);

  /**
   * Presents a refresh token, and rotates it by {@link SessionRules}. One of all callers at the
   * same time rotates; the others see what it did.
   *
   * <p>A rotation need not wait for replicas: if a fail-over loses it, a newer token proves it. The
   * end of a session does wait for those that there are, also if it ends because a token was used a
   * second time.
   *
   * @param rotation the token's place, and the hashes of its possible successors
   * @return which token is the current one now, or why there is none
   */
  RotationResult rotate(Rotation rotation);

  /**
   * Returns a session.
   *
   * @param sessionId which
   * @return the session; empty if it has ended, has expired or never was
   */
  Optional<Session> find(UUID sessionId);

  /**
   * Returns a user's sessions.
   *
   * @param userId the user
   * @return those that have neither ended nor expired, the oldest first
   */
  List<Session> list(UUID userId);

  /**
   * Ends a session. It returns only after the replicas that there are have it, so that a fail-over
   * does not revive the session.
   *
   * @param userId the user
   * @param sessionId a session of this user; those of others are not touched
   * @return whether it was there
   */
  boolean end(UUID userId, UUID sessionId);

  /**
   * Ends all sessions of a user, also those whose logins are under way. It returns only after the
   * replicas that there are have it. Repeat it after an exception: what was begun is then finished.
   *
   * @param userId the user
   * @param except a session that goes on, or null
   * @return the sessions that ended, in no order
   */
  List<UUID> endAll(UUID userId, @Nullable UUID except);
}
