package com.techcorp.examples.demo;

import com.techcorp.Storage;
import com.techcorp.auth.Authenticator;
import com.techcorp.auth.LoginRequest;
import com.techcorp.auth.LoginResult;
import com.techcorp.auth.Password;
import com.techcorp.auth.TokenClaims;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.TokenVerifier;
import com.techcorp.auth.User;
import com.techcorp.auth.email.EmailAddresses;
import com.techcorp.auth.password.Argon2Passwords;
import com.techcorp.auth.password.PasswordOptions;
import com.techcorp.auth.service.AuthService;
import com.techcorp.auth.spi.UserDirectory;
import com.techcorp.auth.token.AccessTokens;
import com.techcorp.auth.token.RevocationView;
import com.techcorp.auth.token.SigningKey;
import com.techcorp.auth.token.TokenKeys;
import com.techcorp.error.OverloadedException;
import com.techcorp.error.UnavailableException;
import com.techcorp.examples.data.CustomerEntry;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The logins of a run: each customer logs in, places an order as the user whom the access token
 * names, and logs out. Thread-safe.
 */
final class DemoLogins implements AutoCloseable {
  /** Every customer's: hashed once, so that the run does not begin with a thousand hashes. */
  private static final String PASSWORD = "correct horse battery";

  private static final String DEVICE = "{\"app\":\"techcorp-demo\"}";
  private static final int KEY_BYTES = 32;

  /** Above it, no more tokens are kept to be looked at in the end. */
  private static final int MOST_TOKENS = 10_000;

  /** Verifiers read revocations once a second; a busy machine takes longer. */
  private static final Duration UNTIL_REFUSED = Duration.ofSeconds(30);

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 100;

  private final Map<UUID, String> emails;
  private final RevocationView revocations;
  private final Authenticator authenticator;
  private final TokenVerifier verifier;
  private final Queue<String> tokens = new ConcurrentLinkedQueue<>();
  private final AtomicInteger logins = new AtomicInteger();

  private DemoLogins(Map<UUID, String> emails, LoginStores stores, AuthService.Builder service) {
    TokenKeys keys = TokenKeys.of(SigningKey.generate());
    this.emails = emails;
    this.authenticator =
        service
            .sessions(stores.sessions())
            .revocations(stores.revocations())
            .limits(stores.limits())
            .tokens(AccessTokens.of(keys))
            .refreshKeys(SecureRandom.getSeed(KEY_BYTES))
            .start()
            .authenticator();
    this.revocations = RevocationView.start(stores.revocations());
    this.verifier = AccessTokens.verifier(keys, revocations);
  }

  /**
   * Lets customers log in.
   *
   * @param storage publishes the events
   * @param users where those who are not there yet are added
   * @param customers who they are
   * @param stores where sessions are kept
   */
  static DemoLogins open(
      Storage storage, UserDirectory users, List<CustomerEntry> customers, LoginStores stores) {
    Argon2Passwords passwords = Argon2Passwords.of(PasswordOptions.DEFAULT);
    String hash = passwords.hash(Password.of(PASSWORD));
    customers.parallelStream()
        .forEach(
            it ->
                users.add(
                    User.of(it.userId(), EmailAddresses.of(it.email()), hash, Instant.now())));
    Map<UUID, String> emails =
        customers.stream()
            .collect(Collectors.toUnmodifiableMap(CustomerEntry::userId, CustomerEntry::email));
    return new DemoLogins(
        emails, stores, AuthService.builder().users(users).passwords(passwords).storage(storage));
  }

  /**
   * Has the customer of a request log in, place it, and log out.
   *
   * @param shop places an order of the user that it names
   * @throws OverloadedException if the customer has to try again later
   */
  OrderReceipt place(Function<PlaceOrder, OrderReceipt> shop, PlaceOrder request) {
    String token = logIn(request.userId());
    TokenClaims claims = verified(token);
    try {
      return shop.apply(
          new PlaceOrder(
              claims.userId(),
              request.cartId(),
              request.shippingAddressId(),
              request.payment(),
              request.idempotencyKey()));
    } finally {
      logOut(claims);
      if (tokens.size() < MOST_TOKENS) {
        tokens.add(token);
      }
    }
  }

  private String logIn(UUID customer) {
    LoginResult result =
        authenticator.logIn(
            new LoginRequest(
                String.valueOf(emails.get(customer)), PASSWORD, DEVICE, address(customer), null));
    if (result instanceof LoginResult.Throttled throttled) {
      throw new OverloadedException("log in again in " + throttled.after().toSeconds() + " s");
    }
    if (!(result instanceof LoginResult.LoggedIn in)) {
      throw new IllegalStateException("the login of customer " + customer + " was refused");
    }
    logins.incrementAndGet();
    return in.accessToken().value();
  }

  /** Each customer is at home somewhere else, or they would share one budget of attempts. */
  private static String address(UUID customer) {
    int home = customer.hashCode();
    return "10." + (home >>> 16 & 255) + "." + (home >>> 8 & 255) + "." + (home & 255);
  }

  private TokenClaims verified(String token) {
    TokenVerdict verdict = verifier.verify(token);
    if (verdict instanceof TokenVerdict.Valid valid) {
      return valid.claims();
    }
    throw new IllegalStateException("a new access token was not accepted: " + verdict);
  }

  /** Whatever became of the order, the session ends; if it cannot, the verdict tells. */
  private void logOut(TokenClaims claims) {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    boolean out = false;
    while (!out && System.nanoTime() < giveUp) {
      try {
        authenticator.logOut(claims);
        out = true;
      } catch (UnavailableException e) {
        pause();
      }
    }
  }

  /** Waits until all tokens are refused, but not for ever. */
  LoginVerdict verdict() {
    long giveUp = System.nanoTime() + UNTIL_REFUSED.toNanos();
    int accepted = accepted();
    while (accepted > 0 && System.nanoTime() < giveUp) {
      pause();
      accepted = accepted();
    }
    return new LoginVerdict(logins.get(), sessions(), tokens.size(), accepted);
  }

  private int accepted() {
    return (int)
        tokens.stream()
            .filter(token -> verifier.verify(token) instanceof TokenVerdict.Valid)
            .count();
  }

  private int sessions() {
    return emails.keySet().stream().mapToInt(user -> authenticator.sessions(user).size()).sum();
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    revocations.close();
  }
}
