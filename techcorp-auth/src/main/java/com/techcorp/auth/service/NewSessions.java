package com.techcorp.auth.service;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.auth.AccessToken;
import com.techcorp.auth.Session;
import com.techcorp.auth.SessionEndReason;
import com.techcorp.auth.User;
import com.techcorp.auth.session.RefreshToken;
import com.techcorp.auth.session.RefreshTokens;
import com.techcorp.auth.session.SessionOptions;
import com.techcorp.auth.spi.NewSession;
import com.techcorp.auth.spi.SessionCreation;
import com.techcorp.auth.spi.SessionEpoch;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.auth.spi.TokenIssuer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** Opens sessions: each is written first, and only then are its tokens issued. */
final class NewSessions {
  private final SessionStore sessions;
  private final RefreshTokens refreshTokens;
  private final TokenIssuer accessTokens;
  private final SessionEndings endings;
  private final SessionOptions options;
  private final InstantSource clock;

  NewSessions(
      SessionStore sessions,
      RefreshTokens refreshTokens,
      TokenIssuer accessTokens,
      SessionEndings endings,
      SessionOptions options,
      InstantSource clock) {
    this.sessions = sessions;
    this.refreshTokens = refreshTokens;
    this.accessTokens = accessTokens;
    this.endings = endings;
    this.options = options;
    this.clock = clock;
  }

  /** A session that exists, and its first tokens. Its text shows no token. */
  record Opened(AccessToken accessToken, String refreshToken, Session session) {
    @Override
    public String toString() {
      return "Opened[" + session + "]";
    }
  }

  static UUID newId() {
    return UuidCreator.getTimeOrderedEpoch();
  }

  /**
   * Opens a session.
   *
   * @param id as {@link #newId} gave it
   * @param user as read after the epoch, so that a change that the user's row does not show yet has
   *     another epoch
   * @param deviceInfo checked
   * @param epoch of the user's sessions
   * @return empty if all sessions of the user were ended since the epoch was read
   */
  Optional<Opened> open(UUID id, User user, String deviceInfo, SessionEpoch epoch) {
    Instant created = created(user);
    RefreshToken refreshToken = refreshTokens.first(id);
    SessionCreation creation =
        sessions.create(
            new NewSession(
                id,
                user.id(),
                refreshToken.hash(),
                deviceInfo,
                created,
                options.lifetime(),
                options.idle().orElse(null)),
            epoch,
            options.most());
    if (!(creation instanceof SessionCreation.Created made)) {
      return Optional.empty();
    }
    endings.endedByStore(user.id(), made.ended(), SessionEndReason.TOO_MANY_SESSIONS);
    AccessToken accessToken = issued(user, id);
    Session session =
        new Session(id, user.id(), deviceInfo, created, created.plus(options.lifetime()));
    return Optional.of(new Opened(accessToken, refreshToken.value(), session));
  }

  /** Issues the first token. A session that gets none ends, since nobody knows of it. */
  private AccessToken issued(User user, UUID id) {
    try {
      return accessTokens.issue(user.id(), user.email(), id);
    } catch (RuntimeException e) {
      try {
        sessions.end(user.id(), id);
      } catch (RuntimeException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /**
   * Another process, whose clock is ahead, may have written the row: the session is newer than what
   * the row shows, whatever this process's clock says.
   */
  private Instant created(User user) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant after = user.sessionsValidAfter();
    if (!now.isBefore(after)) {
      return now;
    }
    Instant millis = after.truncatedTo(ChronoUnit.MILLIS);
    return millis.isBefore(after) ? millis.plusMillis(1) : millis;
  }
}
