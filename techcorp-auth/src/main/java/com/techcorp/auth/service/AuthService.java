package com.techcorp.auth.service;

import com.techcorp.Storage;
import com.techcorp.auth.Authenticator;
import com.techcorp.auth.spi.LoginLimits;
import com.techcorp.auth.spi.PasswordHasher;
import com.techcorp.auth.spi.Revocations;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.auth.spi.TokenIssuer;
import com.techcorp.auth.spi.UserDirectory;
import com.techcorp.error.WiringException;
import com.techcorp.messaging.Subscription;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs users in and out, on the users, sessions and limits that it is given. It needs neither
 * orders nor an inventory. Build one for each process with {@link #builder()}, and share it between
 * all threads. It has no thread and no connection of its own, so nothing needs to be closed but
 * what it was given. Thread-safe; shows no key.
 *
 * <pre>{@code
 * AuthService auth =
 *     AuthService.builder()
 *         .users(storage.users())
 *         .sessions(redis.sessions())
 *         .tokens(AccessTokens.of(keys))
 *         .passwords(Argon2Passwords.of(PasswordOptions.DEFAULT))
 *         .revocations(redis.revocations())
 *         .limits(redis.loginLimits())
 *         .refreshKeys(refreshKey)
 *         .start();
 * LoginResult result = auth.authenticator().logIn(request);
 * }</pre>
 */
public final class AuthService {
  private static final Logger log = LoggerFactory.getLogger(AuthService.class);

  private final Authenticator authenticator;
  private final Subscription subscription;

  private AuthService(AuthWiring.Running running) {
    this.authenticator = running.authenticator();
    this.subscription = running.subscription();
  }

  /**
   * Returns a builder with default options and no adapters.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the API that logs users in and out.
   *
   * @return log in, refresh, log out, change the password, end sessions
   */
  public Authenticator authenticator() {
    return authenticator;
  }

  /**
   * The consumer of {@code user.password_changed} and {@code user.disabled}, which ends the
   * sessions that the process that changed the user could not end. Give it to the process that
   * takes events: {@code TechCorp.builder().subscribe(auth.subscription())}.
   *
   * @return the consumer; it may get an event again, and late
   */
  public Subscription subscription() {
    return subscription;
  }

  /** Returns a description without keys. */
  @Override
  public String toString() {
    return "AuthService";
  }

  /**
   * Collects the adapters and options of an {@link AuthService}. Not thread-safe. A second adapter
   * for a port throws {@link WiringException}; so does {@link #start()} if one is missing.
   */
  public static final class Builder {
    private @Nullable UserDirectory users;
    private @Nullable SessionStore sessions;
    private @Nullable TokenIssuer tokens;
    private @Nullable PasswordHasher passwords;
    private @Nullable Revocations revocations;
    private @Nullable LoginLimits limits;
    private @Nullable Storage storage;
    private @Nullable List<byte[]> refreshKeys;
    private AuthOptions options = AuthOptions.DEFAULT;
    private InstantSource clock = InstantSource.system();

    Builder() {}

    /**
     * Sets the users, and the authority about who may log in. Required.
     *
     * @param directory such as {@code PostgresStorage.on(dataSource).users()}
     * @return this
     */
    public Builder users(UserDirectory directory) {
      users = once("users", users, directory);
      return this;
    }

    /**
     * Sets where sessions are kept. Required.
     *
     * @param store such as {@code RedisCache.connect(uri).sessions()}, or {@code
     *     MemorySessionStore.create()} if there is one process
     * @return this
     */
    public Builder sessions(SessionStore store) {
      sessions = once("sessions", sessions, store);
      return this;
    }

    /**
     * Sets what issues access tokens. Required.
     *
     * @param issuer such as {@code AccessTokens.of(keys)}
     * @return this
     */
    public Builder tokens(TokenIssuer issuer) {
      tokens = once("tokens", tokens, issuer);
      return this;
    }

    /**
     * Sets what hashes passwords. Required.
     *
     * @param hasher such as {@code Argon2Passwords.of(PasswordOptions.DEFAULT)}
     * @return this
     */
    public Builder passwords(PasswordHasher hasher) {
      passwords = once("passwords", passwords, hasher);
      return this;
    }

    /**
     * Sets where it is said which access tokens are refused before they expire. Required.
     *
     * @param adapter such as {@code RedisCache.connect(uri).revocations()}, or {@code
     *     MemoryRevocations.create()} if there is one process
     * @return this
     */
    public Builder revocations(Revocations adapter) {
      revocations = once("revocations", revocations, adapter);
      return this;
    }

    /**
     * Sets where attempts to log in are counted. Required.
     *
     * @param adapter such as {@code RedisCache.connect(uri).loginLimits()}, or {@code
     *     MemoryLoginLimits.create()} if there is one process
     * @return this
     */
    public Builder limits(LoginLimits adapter) {
      limits = once("limits", limits, adapter);
      return this;
    }

    /**
     * Sets the key under which refresh tokens and proofs of devices are derived; {@link
     * #refreshKeys(byte[], byte[])} sets two. Required.
     *
     * @param current at least 32 random bytes, the same in all processes; copied
     * @return this
     */
    public Builder refreshKeys(byte[] current) {
      return refreshKeys(List.of(current.clone()));
    }

    /**
     * Sets the key under which refresh tokens and proofs of devices are derived, and another one
     * whose tokens are accepted, too: the one before, or the next one.
     *
     * @param current at least 32 random bytes; copied
     * @param previous at least 32 random bytes; copied
     * @return this
     */
    public Builder refreshKeys(byte[] current, byte[] previous) {
      return refreshKeys(List.of(current.clone(), previous.clone()));
    }

    private Builder refreshKeys(List<byte[]> keys) {
      if (refreshKeys != null) {
        throw new WiringException("refreshKeys was given twice: give current and previous at once");
      }
      refreshKeys = keys;
      return this;
    }

    /**
     * Sets the storage through whose outbox {@code user.password_changed}, {@code user.disabled},
     * {@code session.reuse_detected} and {@code session.ended} are published; a process with this
     * storage must relay them. Default: there are no such events.
     *
     * @param adapter such as {@code PostgresStorage.on(dataSource)}: the one whose users these are
     * @return this
     */
    public Builder storage(Storage adapter) {
      storage = once("storage", storage, adapter);
      return this;
    }

    /**
     * Sets times, sizes and budgets. Default: {@link AuthOptions#DEFAULT}.
     *
     * @param options times, sizes and budgets
     * @return this
     */
    public Builder options(AuthOptions options) {
      this.options = Objects.requireNonNull(options, "options");
      return this;
    }

    /**
     * Sets the clock. Default: this machine's.
     *
     * @param clock the current time, as the issuer of tokens has it
     * @return this
     */
    public Builder clock(InstantSource clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Checks that everything is there. It asks no store: a login does, and says so if one is away.
     *
     * @return the service
     * @throws WiringException says what is missing or wrong, and what to change
     */
    public AuthService start() {
      AuthPorts ports =
          new AuthPorts(
              required(users, "users", "users(PostgresStorage.on(dataSource).users())"),
              required(sessions, "sessions", "sessions(RedisCache.connect(uri).sessions())"),
              required(tokens, "access tokens", "tokens(AccessTokens.of(keys))"),
              required(
                  passwords, "passwords", "passwords(Argon2Passwords.of(PasswordOptions.DEFAULT))"),
              required(
                  revocations, "revocations", "revocations(RedisCache.connect(uri).revocations())"),
              required(limits, "login limits", "limits(RedisCache.connect(uri).loginLimits())"),
              storage == null ? null : storage.unitOfWork());
      List<byte[]> keys =
          required(refreshKeys, "refresh keys", "refreshKeys(current), at least 32 random bytes");
      if (storage != null && !ports.users().publishes()) {
        log.warn(
            "The users write no events, so user.password_changed and user.disabled are not"
                + " published: give AuthService.builder() the users of the storage");
      }
      return new AuthService(new AuthWiring(ports, keys, options, clock).start());
    }

    private static <T> T once(String port, @Nullable T before, T adapter) {
      Objects.requireNonNull(adapter, port);
      if (before != null) {
        throw new WiringException(
            port
                + " was given two adapters, "
                + before.getClass().getName()
                + " and "
                + adapter.getClass().getName()
                + ": give one");
      }
      return adapter;
    }

    private static <T> T required(@Nullable T adapter, String port, String hint) {
      if (adapter == null) {
        throw new WiringException("no " + port + ": give them with builder()." + hint);
      }
      return adapter;
    }
  }
}
