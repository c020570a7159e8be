package com.techcorp.auth.service;

import com.techcorp.auth.Session;
import com.techcorp.auth.SessionEndReason;
import com.techcorp.auth.TokenClaims;
import com.techcorp.auth.session.RefreshToken;
import com.techcorp.auth.session.RefreshTokens;
import com.techcorp.auth.spi.SessionStore;
import java.util.Optional;
import java.util.UUID;

/** Ends the session that a client names, by a token or among those of its user. */
final class LogoutFlow {
  private final RefreshTokens refreshTokens;
  private final SessionStore sessions;
  private final SessionEndings endings;

  LogoutFlow(RefreshTokens refreshTokens, SessionStore sessions, SessionEndings endings) {
    this.refreshTokens = refreshTokens;
    this.sessions = sessions;
    this.endings = endings;
  }

  void logOut(String text) {
    Optional<RefreshToken> token = refreshTokens.recognise(text);
    if (token.isEmpty()) {
      return;
    }
    UUID sessionId = token.get().sessionId();
    Optional<Session> session = sessions.find(sessionId);
    if (session.isPresent()) {
      endings.one(session.get().userId(), sessionId, SessionEndReason.LOGGED_OUT);
    } else {
      // The store may have lost it, while its access tokens are still valid.
      endings.revoke(sessionId);
    }
  }

  void logOut(TokenClaims claims) {
    endings.one(claims.userId(), claims.sessionId(), SessionEndReason.LOGGED_OUT);
  }

  /** A session of another user is not revoked either. */
  boolean end(UUID userId, UUID sessionId, SessionEndReason reason) {
    return endings.oneIfOf(userId, sessionId, reason);
  }
}
