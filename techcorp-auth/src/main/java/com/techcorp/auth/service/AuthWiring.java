package com.techcorp.auth.service;

import com.techcorp.auth.Authenticator;
import com.techcorp.auth.session.RefreshKey;
import com.techcorp.auth.session.RefreshKeys;
import com.techcorp.auth.session.RefreshTokens;
import com.techcorp.auth.session.SessionRefresh;
import com.techcorp.auth.spi.SessionTermination;
import com.techcorp.messaging.Subscription;
import java.time.InstantSource;
import java.util.List;

/**
 * Puts the parts together, once the builder has everything. The one place that knows them all.
 *
 * @param secrets the refresh keys, the current one first; what else needs a key derives it from
 *     them
 */
record AuthWiring(AuthPorts ports, List<byte[]> secrets, AuthOptions options, InstantSource clock) {
  private static final String NOBODY = "techcorp-nobody-1";

  /** What a host gets of it. */
  record Running(Authenticator authenticator, Subscription subscription) {}

  Running start() {
    byte[] secret = secrets.get(0);
    RefreshTokens refreshTokens = RefreshTokens.of(refreshKeys());
    AuthEvents events = new AuthEvents(ports.outbox());
    SessionEndings endings =
        new SessionEndings(
            SessionTermination.of(ports.sessions(), ports.revocations(), ports.tokens().validity()),
            ports.sessions(),
            events);
    NewSessions newSessions =
        new NewSessions(
            ports.sessions(), refreshTokens, ports.tokens(), endings, options.sessions(), clock);
    PasswordCheck passwords = new PasswordCheck(ports.passwords());
    LoginAttempts attempts =
        new LoginAttempts(
            ports.limits(),
            options.attempts(),
            new AttemptKeys(secret),
            new DeviceProofs(secrets, options.deviceMemory(), clock));
    DefaultAuthenticator authenticator =
        new DefaultAuthenticator(
            new LoginFlow(
                attempts,
                ports.users(),
                ports.sessions(),
                passwords,
                newSessions,
                new KeyedHash(secret, NOBODY)),
            new RefreshFlow(
                refreshTokens,
                SessionRefresh.of(ports.sessions(), refreshTokens, options.sessions()),
                ports.sessions(),
                ports.users(),
                ports.tokens(),
                endings),
            new LogoutFlow(refreshTokens, ports.sessions(), endings),
            new PasswordChangeFlow(
                ports.users(),
                ports.sessions(),
                attempts,
                passwords,
                newSessions,
                endings,
                events,
                clock),
            new UserDisabling(ports.users(), endings, events, clock),
            endings,
            ports.sessions());
    return new Running(authenticator, new ChangedUsers(ports.users(), endings).subscription());
  }

  private RefreshKeys refreshKeys() {
    RefreshKey current = RefreshKey.of(secrets.get(0));
    return secrets.size() == 1
        ? RefreshKeys.of(current)
        : RefreshKeys.of(current, RefreshKey.of(secrets.get(1)));
  }

  /** Returns a description without the keys. */
  @Override
  public String toString() {
    return "AuthWiring[***]";
  }
}
