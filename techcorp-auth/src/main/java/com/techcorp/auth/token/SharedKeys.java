package com.techcorp.auth.token;

import com.techcorp.auth.spi.KeySchedule;
import com.techcorp.auth.spi.KeySnapshot;
import com.techcorp.auth.spi.KeyTerms;
import com.techcorp.auth.spi.SigningKeyStore;
import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys that all processes of an issuer share through a store, and that change by themselves.
 * Thread-safe; shows no key.
 *
 * <pre>{@code
 * SharedKeys keys = SharedKeys.builder(storage.signingKeys(), KeyWrapping.of("1", secret)).start();
 * AccessTokens tokens = AccessTokens.of(keys);
 * }</pre>
 *
 * <p>One key signs. The next one is published in advance, so that every verifier has it when it
 * begins to sign, after 30 days or by {@link #rotate}. The one before verifies until none of its
 * tokens can be valid. Any process makes the changes that are due; of two that make the same one at
 * once, one makes it.
 *
 * <p>Each process reads the keys every 10 s. While the store is away, tokens are verified with the
 * keys that are there; after 50 s nothing is signed or published any more, since another process
 * may have changed the keys.
 */
public final class SharedKeys implements IssuerKeys, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SharedKeys.class);

  /** Between two readings that callers make, because the keys are too old. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final KeyRotation rotation;
  private final WrappedKeys wrapped;
  private final SharedKeysOptions options;
  private final InstantSource clock;
  private final ScheduledExecutorService timer =
      new FaultBoundary().around(new OwnThreads()).timer("techcorp-signing-keys", 1);
  private final ReentrantLock reading = new ReentrantLock();
  private volatile KeyRing ring = KeyRing.EMPTY;
  private volatile Instant tried = Instant.MIN;
  private volatile boolean failing;

  SharedKeys(
      KeyRotation rotation, WrappedKeys wrapped, SharedKeysOptions options, InstantSource clock) {
    this.rotation = rotation;
    this.wrapped = wrapped;
    this.options = options;
    this.clock = clock;
  }

  /**
   * Returns a builder of keys in a store.
   *
   * @param store the same for all processes
   * @param wrapping encrypts private keys in the store; the same for all processes
   * @return a builder
   */
  public static Builder builder(SigningKeyStore store, KeyWrapping wrapping) {
    return new Builder(store, wrapping);
  }

  /**
   * Reads the keys for the first time, and then every {@code refreshEvery}.
   *
   * @throws WiringException if a key is not believed
   */
  private SharedKeys started(@Nullable SigningKey loaded) {
    if (loaded != null) {
      rotation.load(loaded);
    }
    read();
    List<String> refused = List.copyOf(ring.refused().values());
    if (!refused.isEmpty()) {
      throw new WiringException(refused.get(0));
    }
    long every = options.refreshEvery().toMillis();
    timer.scheduleWithFixedDelay(this::refresh, every, every, TimeUnit.MILLISECONDS);
    return this;
  }

  /** Does what is due and reads the keys; goes on with those that are there if it cannot. */
  void refresh() {
    try {
      read();
      if (failing) {
        failing = false;
        log.info("The signing keys can be read again");
      }
    } catch (TechCorpException e) {
      if (!failing) {
        failing = true;
        log.warn("The signing keys cannot be read: {}", e.getMessage());
      }
    }
  }

  private void read() {
    reading.lock();
    try {
      Instant begun = clock.instant();
      tried = begun;
      KeySnapshot keys = rotation.pass();
      KeyRing read = ring.reading(keys.keys(), wrapped, begun);
      logNew(read.refused());
      ring = read;
    } finally {
      reading.unlock();
    }
  }

  private void logNew(Map<String, String> refused) {
    for (Map.Entry<String, String> each : refused.entrySet()) {
      if (!each.getValue().equals(ring.refused().get(each.getKey()))) {
        log.error("A stored key is neither published nor used: {}", each.getValue());
      }
    }
  }

  @Override
  public SigningKey signing() {
    SigningKey key = current().signing();
    if (key == null) {
      throw new UnavailableException("there is no key to sign tokens with");
    }
    return key;
  }

  @Override
  public Optional<VerificationKey> find(String keyId) {
    return ring.find(keyId);
  }

  @Override
  public Jwks jwks() {
    List<VerificationKey> published = current().published();
    if (published.isEmpty()) {
      throw new UnavailableException("there is no key to publish");
    }
    return Jwks.of(published, options.maxAge());
  }

  /** Returns keys that are young enough to act on. */
  private KeyRing current() {
    Duration longest = options.longestUse();
    if (!ring.isReadWithin(longest, clock.instant()) && reading.tryLock()) {
      // As after this process stood still: the timer has not come to it yet.
      try {
        if (isPast(tried.equals(Instant.MIN) ? Instant.MIN : tried.plus(PAUSE))) {
          refresh();
        }
      } finally {
        reading.unlock();
      }
    }
    KeyRing current = ring;
    if (!current.isReadWithin(longest, clock.instant())) {
      throw new UnavailableException(
          "the signing keys could not be read for " + longest.toSeconds() + " s");
    }
    return current;
  }

  private boolean isPast(Instant instant) {
    Instant now = clock.instant();
    return !now.isBefore(instant) || now.isBefore(tried);
  }

  /**
   * Lets the next key sign from now on, if every verifier can have it; otherwise changes nothing.
   *
   * @return how long the next key must still be published; empty if it signs now
   * @throws WiringException if keys are loaded and none waits
   */
  public Optional<Duration> rotate() {
    Optional<Duration> until = rotation.rotate();
    refresh();
    return until;
  }

  /**
   * Takes out a key that leaked. This process refuses its tokens at once, also those that it
   * remembers as verified; others do once they have read the keys. If it signed, the next one does
   * from now on. Where keys are loaded, first load the next one.
   *
   * @param keyId the key's id, {@code kid}
   * @return whether the key was in use
   */
  public boolean remove(String keyId) {
    boolean removed = rotation.remove(keyId);
    reading.lock();
    try {
      ring = ring.without(keyId);
    } finally {
      reading.unlock();
    }
    refresh();
    return removed;
  }

  /**
   * Publishes a key from a file as the next one, in the place of one that waits already. It signs
   * once every verifier can have it. Does nothing if the key is in use.
   *
   * @param key the key
   * @throws WiringException if it was in use before and has ended
   */
  public void load(SigningKey key) {
    rotation.load(key);
    refresh();
  }

  /** Stops reading the keys. */
  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** Returns a description without the keys. */
  @Override
  public String toString() {
    return "SharedKeys[" + ring.published().size() + "]";
  }

  /** Collects the options of shared keys. Not thread-safe. */
  public static final class Builder {
    private final SigningKeyStore store;
    private final KeyWrapping wrapping;
    private SharedKeysOptions options = SharedKeysOptions.DEFAULT;
    private TokenOptions tokens = TokenOptions.DEFAULT;
    private InstantSource clock = InstantSource.system();
    private @Nullable SigningKey loaded;

    private Builder(SigningKeyStore store, KeyWrapping wrapping) {
      this.store = Objects.requireNonNull(store, "store");
      this.wrapping = Objects.requireNonNull(wrapping, "wrapping");
    }

    /**
     * Sets how the keys change. Default: {@link SharedKeysOptions#DEFAULT}.
     *
     * @param options times and sizes
     * @return this
     */
    public Builder options(SharedKeysOptions options) {
      this.options = options;
      return this;
    }

    /**
     * Sets how long tokens are valid: so long a key verifies that no longer signs. Default: {@link
     * TokenOptions#DEFAULT}.
     *
     * @param tokens as given to {@link AccessTokens}
     * @return this
     */
    public Builder tokens(TokenOptions tokens) {
      this.tokens = tokens;
      return this;
    }

    /**
     * Signs with keys from files, instead of making some: with this one if it is the first, and
     * otherwise once every verifier can have it. Default: keys are made.
     *
     * @param key the key, from PEM or PKCS#12
     * @return this
     */
    public Builder loading(SigningKey key) {
      this.loaded = key;
      return this;
    }

    /**
     * Sets the clock that tells how old the keys are that were read. Default: this machine's. The
     * keys themselves change by the store's time.
     *
     * @param clock the current time
     * @return this
     */
    public Builder clock(InstantSource clock) {
      this.clock = clock;
      return this;
    }

    /**
     * Reads the keys, and makes the first one if there is none.
     *
     * @return the keys; close them when the process ends
     * @throws WiringException if a stored key cannot be unwrapped, or the loaded key has ended
     * @throws UnavailableException if the store does not answer
     */
    public SharedKeys start() {
      SharedKeys keys = build(() -> SigningKey.generate(options.bits()));
      try {
        return keys.started(loaded);
      } catch (TechCorpException e) {
        keys.close();
        throw e;
      }
    }

    /** Returns keys that are not read yet, and never by themselves. */
    SharedKeys build(Supplier<SigningKey> generator) {
      WrappedKeys wrapped = new WrappedKeys(wrapping);
      return new SharedKeys(
          new KeyRotation(store, wrapped, schedule(), generator), wrapped, options, clock);
    }

    private KeySchedule schedule() {
      KeyTerms terms =
          KeyTerms.of(options.maxAge(), options.lag(), tokens.lifetime(), tokens.skew());
      return new KeySchedule(
          terms, loaded == null ? Optional.of(options.rotateEvery()) : Optional.empty());
    }
  }
}
