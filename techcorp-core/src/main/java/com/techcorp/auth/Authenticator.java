package com.techcorp.auth;

import java.util.List;
import java.util.UUID;

/**
 * Logs users in and out. {@code AuthService} of techcorp-auth gives one. What business expects (a
 * wrong password, too many attempts) is an answer; faults are exceptions. Thread-safe.
 *
 * <p>Each method throws:
 *
 * <ul>
 *   <li>{@link com.techcorp.error.InvalidInputException} if an argument is missing, too long or
 *       malformed; it names the field, and nothing was looked at
 *   <li>{@link com.techcorp.error.UnavailableException} if the users or the sessions cannot be
 *       reached. What was asked for may or may not have been done: repeat it
 *   <li>{@link com.techcorp.error.OverloadedException}, where a password is checked, if too many
 *       passwords are being hashed; the attempt does not count
 * </ul>
 */
public interface Authenticator {
  /**
   * Logs a user in. The session exists when this returns.
   *
   * @param request address, password, and what the host knows of the client
   * @return tokens, or why there are none
   */
  LoginResult logIn(LoginRequest request);

  /**
   * Exchanges a refresh token for new tokens. A refresh that races a logout, a change of the
   * password or an end of the session loses. A token that comes a second time, other than shortly
   * after the first, ends the session.
   *
   * @param refreshToken as the client sent it
   * @return tokens, or that the user has to log in
   */
  RefreshResult refresh(String refreshToken);

  /**
   * Ends the session of a refresh token: its access tokens are refused, too. Does nothing if the
   * token is not genuine or its session has ended.
   *
   * @param refreshToken as the client sent it, of whatever generation
   */
  void logOut(String refreshToken);

  /**
   * Ends the session of an access token, and does nothing if it has ended.
   *
   * @param claims what the verified token says
   */
  void logOut(TokenClaims claims);

  /**
   * Changes a user's password, which ends the user's sessions and opens a new one for this client.
   * It counts against the limits of logins.
   *
   * <p>After an {@link com.techcorp.error.UnavailableException} the password may have changed: have
   * the user log in. Sessions that could not be ended then are ended by the event {@code
   * user.password_changed}, and none of them can be refreshed.
   *
   * @param change both passwords, and what the host knows of the client
   * @return the new session's tokens, or why nothing has changed
   */
  PasswordChangeResult changePassword(PasswordChange change);

  /**
   * Disables a user, which ends all sessions of the user. Repeat it after an exception; it does
   * nothing twice.
   *
   * @param userId the user
   * @return false if there is no such user
   */
  boolean disable(UUID userId);

  /**
   * Returns a user's sessions.
   *
   * @param userId the user
   * @return those that have neither ended nor expired, the oldest first
   */
  List<Session> sessions(UUID userId);

  /**
   * Ends one of a user's sessions.
   *
   * @param userId the user
   * @param sessionId the session; those of other users are not touched
   * @param reason what the event {@code session.ended} says, such as {@code ENDED_BY_USER}
   * @return whether it was there
   */
  boolean endSession(UUID userId, UUID sessionId, SessionEndReason reason);

  /**
   * Ends all of a user's sessions, also those of logins that are under way. Repeat it after an
   * exception: what was begun is then finished.
   *
   * @param userId the user
   * @param reason what the events {@code session.ended} say
   * @return the sessions that ended, in no order
   */
  List<UUID> endAllSessions(UUID userId, SessionEndReason reason);

  /**
   * Ends all of a user's sessions but one, as {@link #endAllSessions} does.
   *
   * @param userId the user
   * @param current the session that goes on
   * @param reason what the events {@code session.ended} say
   * @return the sessions that ended, in no order
   */
  List<UUID> endOtherSessions(UUID userId, UUID current, SessionEndReason reason);
}
