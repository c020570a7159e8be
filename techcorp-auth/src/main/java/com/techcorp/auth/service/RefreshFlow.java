package com.techcorp.auth.service;

import com.techcorp.auth.AccessToken;
import com.techcorp.auth.RefreshResult;
import com.techcorp.auth.Session;
import com.techcorp.auth.SessionEndReason;
import com.techcorp.auth.User;
import com.techcorp.auth.UserStatus;
import com.techcorp.auth.session.RefreshOutcome;
import com.techcorp.auth.session.RefreshToken;
import com.techcorp.auth.session.RefreshTokens;
import com.techcorp.auth.session.SessionRefresh;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.auth.spi.TokenIssuer;
import com.techcorp.auth.spi.UserDirectory;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A refresh, step by step: is the token genuine, is there a session, may its user go on, is there
 * an access token, and only then the rotation. So nothing rotates while the users cannot be read or
 * no key signs, and no client loses its session by that. The access token goes to nobody unless the
 * rotation succeeds.
 *
 * <p>What ends the session after the user's row was read either comes before the rotation, which
 * then finds no session, or revokes all tokens of the session, also the one that is issued here.
 */
final class RefreshFlow {
  private static final Logger log = LoggerFactory.getLogger(RefreshFlow.class);

  private final RefreshTokens refreshTokens;
  private final SessionRefresh rotations;
  private final SessionStore sessions;
  private final UserDirectory users;
  private final TokenIssuer accessTokens;
  private final SessionEndings endings;

  RefreshFlow(
      RefreshTokens refreshTokens,
      SessionRefresh rotations,
      SessionStore sessions,
      UserDirectory users,
      TokenIssuer accessTokens,
      SessionEndings endings) {
    this.refreshTokens = refreshTokens;
    this.rotations = rotations;
    this.sessions = sessions;
    this.users = users;
    this.accessTokens = accessTokens;
    this.endings = endings;
  }

  RefreshResult refresh(String text) {
    Optional<RefreshToken> genuine = refreshTokens.recognise(text);
    if (genuine.isEmpty()) {
      return new RefreshResult.Refused();
    }
    RefreshToken token = genuine.get();
    Session session = sessions.find(token.sessionId()).orElse(null);
    if (session == null) {
      return absent(token);
    }
    User user = users.find(session.userId()).orElse(null);
    if (user == null || !user.allows(session)) {
      boolean active = user != null && user.status() == UserStatus.ACTIVE;
      endings.one(
          session.userId(),
          session.id(),
          active ? SessionEndReason.PASSWORD_CHANGED : SessionEndReason.USER_DISABLED);
      return new RefreshResult.Refused();
    }
    AccessToken accessToken = accessTokens.issue(user.id(), user.email(), session.id());
    return answer(accessToken, rotations.refresh(token.value()));
  }

  /** What is stored of it, if it cannot be read, ends now instead of when it expires. */
  private RefreshResult absent(RefreshToken token) {
    if (rotations.refresh(token.value()) instanceof RefreshOutcome.Unreadable) {
      unreadable(token.sessionId());
    }
    return new RefreshResult.Refused();
  }

  private RefreshResult answer(AccessToken accessToken, RefreshOutcome outcome) {
    if (outcome instanceof RefreshOutcome.Refreshed refreshed) {
      return new RefreshResult.Refreshed(accessToken, refreshed.successor().value());
    }
    UUID userId = accessToken.claims().userId();
    UUID sessionId = accessToken.claims().sessionId();
    if (outcome instanceof RefreshOutcome.Reused) {
      log.warn(
          "A refresh token of session {} of user {} was used a second time; the session has ended",
          sessionId,
          userId);
      endings.endedByStore(userId, List.of(sessionId), SessionEndReason.REUSE_DETECTED);
    } else if (outcome instanceof RefreshOutcome.Unreadable) {
      unreadable(sessionId);
    }
    return new RefreshResult.Refused();
  }

  private void unreadable(UUID sessionId) {
    log.warn("Session {} cannot be read, and has ended", sessionId);
    endings.revoke(sessionId);
  }
}
