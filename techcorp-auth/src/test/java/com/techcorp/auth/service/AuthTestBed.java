package com.techcorp.auth.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.Authenticator;
import com.techcorp.auth.LoginRequest;
import com.techcorp.auth.LoginResult;
import com.techcorp.auth.Password;
import com.techcorp.auth.PasswordChange;
import com.techcorp.auth.RefreshResult;
import com.techcorp.auth.TokenClaims;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.TokenVerifier;
import com.techcorp.auth.User;
import com.techcorp.auth.UserStatus;
import com.techcorp.auth.email.EmailAddresses;
import com.techcorp.auth.memory.MemoryLoginLimits;
import com.techcorp.auth.memory.MemoryRevocations;
import com.techcorp.auth.memory.MemorySessionStore;
import com.techcorp.auth.password.Argon2Passwords;
import com.techcorp.auth.password.PasswordOptions;
import com.techcorp.auth.service.Watched.Call;
import com.techcorp.auth.spi.LoginLimits;
import com.techcorp.auth.spi.PasswordHasher;
import com.techcorp.auth.spi.Revocations;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.auth.spi.TokenIssuer;
import com.techcorp.auth.spi.UserDirectory;
import com.techcorp.auth.token.AccessTokens;
import com.techcorp.auth.token.RevocationOptions;
import com.techcorp.auth.token.RevocationView;
import com.techcorp.auth.token.SigningKey;
import com.techcorp.auth.token.TokenKeys;
import com.techcorp.auth.token.TokenOptions;
import com.techcorp.messaging.Event;
import com.techcorp.storage.Fence;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.SteppedClock;
import com.techcorp.testkit.SteppedThreads;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A service on stores in memory, with real hashes that are cheap, and one user: Ana. Every call of
 * a port is written down.
 */
final class AuthTestBed {
  static final String EMAIL = "Ana@example.com";
  static final String PASSWORD = "correct horse battery";
  static final String OTHER_PASSWORD = "wrong horse battery";
  static final String NEW_PASSWORD = "another staple battery";
  static final String DEVICE = "{\"name\": \"Ana's phone\",\"os\":[]}";
  static final String ADDRESS = "203.0.113.7";
  static final byte[] KEY = "a refresh key of 32 bytes or more".getBytes(StandardCharsets.US_ASCII);

  /** Cheap: what is tested here is not how strong a hash is. */
  static final PasswordOptions CHEAP =
      PasswordOptions.DEFAULT
          .withMemory(64)
          .withIterations(1)
          .withWaiting(10_000)
          .withLongestWait(Duration.ofSeconds(60));

  /** Made once: it takes longer than most tests. */
  private static final TokenKeys KEYS = TokenKeys.of(SigningKey.generate());

  final SteppedClock clock = SteppedClock.create();
  final MemoryStorage storage = MemoryStorage.create(clock);
  final List<Call> calls = Watched.noCalls();
  final Watched<UserDirectory> users = new Watched<>(UserDirectory.class, storage.users(), calls);
  final Watched<SessionStore> sessions =
      new Watched<>(SessionStore.class, MemorySessionStore.create(10_000, clock), calls);
  final Watched<Revocations> revocations =
      new Watched<>(Revocations.class, MemoryRevocations.create(10_000, clock), calls);
  final Watched<LoginLimits> limits =
      new Watched<>(LoginLimits.class, MemoryLoginLimits.create(100_000, clock), calls);
  final Watched<PasswordHasher> passwords =
      new Watched<>(PasswordHasher.class, Argon2Passwords.of(CHEAP), calls);
  final Watched<TokenIssuer> tokens =
      new Watched<>(TokenIssuer.class, AccessTokens.of(KEYS, TokenOptions.DEFAULT, clock), calls);
  final User ana = user(EMAIL, PASSWORD);
  final AuthService service;
  final Authenticator auth;
  private final Fence relay = storage.nodes().register("test", Duration.ofDays(1_000));

  AuthTestBed() {
    this(AuthOptions.DEFAULT);
  }

  AuthTestBed(AuthOptions options) {
    service = builder(options).start();
    auth = service.authenticator();
    assertThat(storage.users().add(ana)).isTrue();
    calls.clear();
  }

  AuthService.Builder builder(AuthOptions options) {
    return builder(options, tokens.port());
  }

  /** Issues tokens by something else. */
  AuthService.Builder builder(AuthOptions options, TokenIssuer issuer) {
    return AuthService.builder()
        .users(users.port())
        .sessions(sessions.port())
        .tokens(issuer)
        .passwords(passwords.port())
        .revocations(revocations.port())
        .limits(limits.port())
        .refreshKeys(KEY)
        .storage(storage)
        .options(options)
        .clock(clock);
  }

  /** A user who is not added. */
  User user(String email, String password) {
    return new User(
        UUID.randomUUID(),
        email,
        EmailAddresses.of(email).canonical(),
        Argon2Passwords.of(CHEAP).hash(Password.of(password)),
        UserStatus.ACTIVE,
        Instant.EPOCH,
        clock.instant());
  }

  User anaNow() {
    return storage.users().find(ana.id()).orElseThrow();
  }

  static LoginRequest request() {
    return request(EMAIL, PASSWORD);
  }

  static LoginRequest request(String email, String password) {
    return new LoginRequest(email, password, DEVICE, ADDRESS, null);
  }

  LoginResult logIn(String email, String password) {
    return auth.logIn(request(email, password));
  }

  LoginResult.LoggedIn loggedIn() {
    LoginResult result = auth.logIn(request());
    assertThat(result).isInstanceOf(LoginResult.LoggedIn.class);
    return (LoginResult.LoggedIn) result;
  }

  RefreshResult.Refreshed refreshed(String refreshToken) {
    RefreshResult result = auth.refresh(refreshToken);
    assertThat(result).isInstanceOf(RefreshResult.Refreshed.class);
    return (RefreshResult.Refreshed) result;
  }

  static PasswordChange change(TokenClaims claims) {
    return new PasswordChange(claims, PASSWORD, NEW_PASSWORD, ADDRESS, null);
  }

  /** Whether a verifier that has just read all revocations takes a token. */
  TokenVerdict verdict(String accessToken) {
    try (RevocationView view = view()) {
      TokenVerifier verifier = AccessTokens.verifier(KEYS, TokenOptions.DEFAULT, view, clock);
      return verifier.verify(accessToken);
    }
  }

  RevocationView view() {
    return RevocationView.start(
        revocations.port(), RevocationOptions.DEFAULT, clock, SteppedThreads.on(clock));
  }

  /** All events that were written, of whatever stream. */
  List<Event> events() {
    storage.outbox().claim(relay.node(), 10_000);
    return storage.outbox().held(relay.node(), null, 10_000);
  }

  List<String> eventTypes() {
    return events().stream().map(Event::type).sorted().toList();
  }

  List<String> callNames() {
    return calls.stream().map(Call::name).toList();
  }
}
