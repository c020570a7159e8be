package com.techcorp.auth.service;

import static com.techcorp.auth.service.Arguments.present;
import static com.techcorp.auth.service.DocumentedCalls.documented;

import com.techcorp.auth.Authenticator;
import com.techcorp.auth.LoginRequest;
import com.techcorp.auth.LoginResult;
import com.techcorp.auth.PasswordChange;
import com.techcorp.auth.PasswordChangeResult;
import com.techcorp.auth.RefreshResult;
import com.techcorp.auth.Session;
import com.techcorp.auth.SessionEndReason;
import com.techcorp.auth.TokenClaims;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.error.InvalidInputException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks arguments, and hands each call to the class that knows its steps. */
final class DefaultAuthenticator implements Authenticator {
  private static final int LONGEST_REFRESH_TOKEN = 512;

  private final LoginFlow logins;
  private final RefreshFlow refreshes;
  private final LogoutFlow logouts;
  private final PasswordChangeFlow passwordChanges;
  private final UserDisabling disabling;
  private final SessionEndings endings;
  private final SessionStore sessions;

  DefaultAuthenticator(
      LoginFlow logins,
      RefreshFlow refreshes,
      LogoutFlow logouts,
      PasswordChangeFlow passwordChanges,
      UserDisabling disabling,
      SessionEndings endings,
      SessionStore sessions) {
    this.logins = logins;
    this.refreshes = refreshes;
    this.logouts = logouts;
    this.passwordChanges = passwordChanges;
    this.disabling = disabling;
    this.endings = endings;
    this.sessions = sessions;
  }

  @Override
  public LoginResult logIn(LoginRequest request) {
    LoginRequest given = present("request", request);
    return documented(
        () -> logins.logIn(given), given.password(), given.email(), given.deviceProof());
  }

  @Override
  public RefreshResult refresh(String refreshToken) {
    String given = refreshToken(refreshToken);
    return documented(() -> refreshes.refresh(given), given);
  }

  @Override
  public void logOut(String refreshToken) {
    String given = refreshToken(refreshToken);
    documented(
        () -> {
          logouts.logOut(given);
          return true;
        },
        given);
  }

  private static String refreshToken(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      throw new InvalidInputException("refreshToken", "is missing");
    }
    if (text.length() > LONGEST_REFRESH_TOKEN) {
      throw new InvalidInputException(
          "refreshToken", "must have " + LONGEST_REFRESH_TOKEN + " characters at the most");
    }
    return text;
  }

  @Override
  public void logOut(TokenClaims claims) {
    TokenClaims given = present("claims", claims);
    documented(
        () -> {
          logouts.logOut(given);
          return true;
        });
  }

  @Override
  public PasswordChangeResult changePassword(PasswordChange change) {
    PasswordChange given = present("change", change);
    return documented(
        () -> passwordChanges.change(given),
        given.oldPassword(),
        given.newPassword(),
        given.deviceProof());
  }

  @Override
  public boolean disable(UUID userId) {
    UUID user = present("userId", userId);
    return documented(() -> disabling.disable(user));
  }

  @Override
  public List<Session> sessions(UUID userId) {
    UUID user = present("userId", userId);
    return documented(() -> sessions.list(user));
  }

  @Override
  public boolean endSession(UUID userId, UUID sessionId, SessionEndReason reason) {
    UUID user = present("userId", userId);
    UUID session = present("sessionId", sessionId);
    SessionEndReason why = present("reason", reason);
    return documented(() -> logouts.end(user, session, why));
  }

  @Override
  public List<UUID> endAllSessions(UUID userId, SessionEndReason reason) {
    UUID user = present("userId", userId);
    SessionEndReason why = present("reason", reason);
    return documented(() -> endings.all(user, null, why));
  }

  @Override
  public List<UUID> endOtherSessions(UUID userId, UUID current, SessionEndReason reason) {
    UUID user = present("userId", userId);
    UUID kept = present("current", current);
    SessionEndReason why = present("reason", reason);
    return documented(() -> endings.all(user, kept, why));
  }
}
