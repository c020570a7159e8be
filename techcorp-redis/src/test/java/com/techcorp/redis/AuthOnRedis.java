package com.techcorp.redis;

import com.techcorp.auth.Authenticator;
import com.techcorp.auth.LoginRequest;
import com.techcorp.auth.Password;
import com.techcorp.auth.TokenVerifier;
import com.techcorp.auth.User;
import com.techcorp.auth.email.EmailAddresses;
import com.techcorp.auth.password.Argon2Passwords;
import com.techcorp.auth.password.PasswordOptions;
import com.techcorp.auth.service.AttemptOptions;
import com.techcorp.auth.service.AuthOptions;
import com.techcorp.auth.service.AuthService;
import com.techcorp.auth.session.SessionOptions;
import com.techcorp.auth.spi.LoginLimits.Budget;
import com.techcorp.auth.token.AccessTokens;
import com.techcorp.auth.token.SigningKey;
import com.techcorp.auth.token.TokenKeys;
import com.techcorp.testkit.MemoryStorage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** A service whose sessions are in Redis and whose users are in memory; its hashes are cheap. */
final class AuthOnRedis {
  static final byte[] KEY = "a refresh key of 32 bytes or more".getBytes(StandardCharsets.US_ASCII);
  static final String ADDRESS = "198.51.100.77";

  private static final TokenKeys KEYS = TokenKeys.of(SigningKey.generate());
  private static final Argon2Passwords PASSWORDS =
      Argon2Passwords.of(
          PasswordOptions.DEFAULT
              .withMemory(64)
              .withIterations(1)
              .withWaiting(10_000)
              .withLongestWait(Duration.ofSeconds(60)));

  /** More than a test can use up. */
  private static final Budget UNLIMITED = new Budget(1_000_000, Duration.ofMinutes(1));

  private static final SessionOptions SESSIONS =
      SessionOptions.DEFAULT.withMost(1_000).withLostReplies(true);

  private final MemoryStorage storage = MemoryStorage.create();
  private final AuthService service;

  /** For a service of its own; users are known to it alone. */
  AuthOnRedis(RedisCache cache) {
    service =
        AuthService.builder()
            .users(storage.users())
            .sessions(cache.sessions())
            .tokens(AccessTokens.of(KEYS))
            .passwords(PASSWORDS)
            .revocations(cache.revocations())
            .limits(cache.loginLimits())
            .refreshKeys(KEY)
            .options(
                AuthOptions.DEFAULT
                    .withSessions(SESSIONS)
                    .withAttempts(new AttemptOptions(UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED)))
            .start();
  }

  Authenticator authenticator() {
    return service.authenticator();
  }

  AuthService service() {
    return service;
  }

  /** Of its access tokens. */
  TokenVerifier verifier() {
    return AccessTokens.verifier(KEYS);
  }

  User user(UUID id) {
    return storage.users().find(id).orElseThrow();
  }

  /** Adds a user. */
  User add(String email, String password) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    User user =
        User.of(
            UUID.randomUUID(),
            EmailAddresses.of(email),
            PASSWORDS.hash(Password.of(password)),
            now);
    storage.users().add(user);
    return user;
  }

  static LoginRequest request(String email, String password, String proof) {
    return new LoginRequest(email, password, "{\"name\":\"a phone\",\"os\":[]}", ADDRESS, proof);
  }
}
