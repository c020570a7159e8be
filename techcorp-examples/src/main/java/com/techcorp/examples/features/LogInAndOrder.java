package com.techcorp.examples.features;

import com.techcorp.TechCorp;
import com.techcorp.auth.Authenticator;
import com.techcorp.auth.EmailAddress;
import com.techcorp.auth.LoginRequest;
import com.techcorp.auth.LoginResult;
import com.techcorp.auth.Password;
import com.techcorp.auth.RefreshResult;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.TokenVerifier;
import com.techcorp.auth.User;
import com.techcorp.auth.email.EmailAddresses;
import com.techcorp.auth.memory.MemoryLoginLimits;
import com.techcorp.auth.memory.MemoryRevocations;
import com.techcorp.auth.memory.MemorySessionStore;
import com.techcorp.auth.password.Argon2Passwords;
import com.techcorp.auth.password.PasswordOptions;
import com.techcorp.auth.service.AuthService;
import com.techcorp.auth.token.AccessTokens;
import com.techcorp.auth.token.RevocationView;
import com.techcorp.auth.token.SigningKey;
import com.techcorp.auth.token.TokenKeys;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.order.OrderOutcome;
import java.security.SecureRandom;
import java.time.Instant;

/** A user logs in, refreshes, places an order, and logs out; then the token is refused. */
final class LogInAndOrder {
  private static final String PASSWORD = "correct horse battery";

  private final TokenKeys keys = TokenKeys.of(SigningKey.generate());
  private final Argon2Passwords passwords = Argon2Passwords.of(PasswordOptions.DEFAULT);
  private final MemoryRevocations revocations = MemoryRevocations.create();

  /** The order's outcome, and the verdict about the token after the logout. */
  record Result(OrderOutcome outcome, TokenVerdict afterwards) {}

  private Authenticator authenticator(PostgresStorage storage) {
    byte[] refreshKey = SecureRandom.getSeed(32); // yours is kept, the same in all processes
    // tag::service[]
    AuthService service =
        AuthService.builder()
            .users(storage.users()) // PostgreSQL: who may log in
            .sessions(MemorySessionStore.create()) // or Redis, for several processes
            .tokens(AccessTokens.of(keys))
            .passwords(passwords)
            .revocations(revocations) // or Redis
            .limits(MemoryLoginLimits.create()) // or Redis
            .refreshKeys(refreshKey)
            .storage(storage) // publishes the events; may be left out
            .start();
    // end::service[]
    return service.authenticator();
  }

  Result run(ExampleShop shop) throws Exception {
    PostgresStorage storage = shop.storage();
    EmailAddress email = EmailAddresses.of("Ana@example.com");
    String hash = passwords.hash(Password.of(PASSWORD));
    storage.users().add(User.of(shop.customer(), email, hash, Instant.now()));
    Authenticator auth = authenticator(storage);
    try (TechCorp library = shop.wired().start();
        RevocationView view = RevocationView.start(revocations)) {
      TokenVerifier verifier = AccessTokens.verifier(keys, view);
      // tag::login[]
      String device = "{\"os\":\"Android\"}";
      LoginRequest request =
          new LoginRequest("ana@EXAMPLE.com", PASSWORD, device, "203.0.113.7", null);
      if (!(auth.logIn(request) instanceof LoginResult.LoggedIn in)) {
        throw new IllegalStateException("Refused, or Throttled: answer with 401 or 429");
      }
      if (!(auth.refresh(in.refreshToken()) instanceof RefreshResult.Refreshed refreshed)) {
        throw new IllegalStateException("Refused: log in again");
      }
      String token = refreshed.accessToken().value(); // the client sends it with each request
      if (!(verifier.verify(token) instanceof TokenVerdict.Valid valid)) {
        throw new IllegalStateException("Refused: answer with 401");
      }
      OrderOutcome outcome =
          library.orders().place(shop.order(valid.claims().userId())).outcome().join();
      auth.logOut(valid.claims());
      // end::login[]
      ExampleShop.await(() -> verifier.verify(token) instanceof TokenVerdict.Refused);
      return new Result(outcome, verifier.verify(token));
    }
  }

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    try (ExampleShop shop = ExampleShop.open()) {
      System.out.println(new LogInAndOrder().run(shop));
    }
  }
}
