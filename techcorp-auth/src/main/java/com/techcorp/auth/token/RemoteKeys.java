package com.techcorp.auth.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.techcorp.error.TokenRedaction;
import com.techcorp.error.WiringException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An issuer's public keys, fetched from its JWKS document and kept. Thread-safe.
 *
 * <ul>
 *   <li>The first token makes it fetch the keys. Later it fetches them when they are older than
 *       {@code refreshEvery}, while tokens are verified with those that are there.
 *   <li>A token that names an unknown key makes it fetch the keys, too, and waits for them. That
 *       happens at most every {@code refetchEvery}, for all callers together; ids without a key are
 *       remembered. Such a fetch only adds keys.
 *   <li>Where the issuer does not answer, or answers with anything but keys, it goes on with the
 *       keys that it has.
 * </ul>
 */
public final class RemoteKeys implements VerificationKeys {
  private static final Logger log = LoggerFactory.getLogger(RemoteKeys.class);

  /** Callers that wait for a fetch; more get the answer that there is no such key. */
  private static final int MOST_WAITING = 64;

  private final URI uri;
  private final RemoteKeysOptions options;
  private final InstantSource clock;
  private final JwksClient client;
  private final Cache<String, Boolean> unknown;
  private final Semaphore waiting = new Semaphore(MOST_WAITING);

  private volatile Map<String, VerificationKey> known = Map.of();
  private volatile @Nullable Instant refreshed;
  private volatile @Nullable Instant begun;
  private @Nullable CompletableFuture<Boolean> running;

  private RemoteKeys(URI uri, RemoteKeysOptions options, InstantSource clock) {
    this.uri = uri;
    this.options = options;
    this.clock = clock;
    this.client = new JwksClient(uri, options);
    this.unknown =
        Caffeine.newBuilder()
            .maximumSize(options.unknown())
            .expireAfterWrite(options.refreshEvery())
            .ticker(() -> RememberedTokens.nanos(clock.instant()))
            .executor(Runnable::run)
            .build();
  }

  /**
   * Fetches keys with {@link RemoteKeysOptions#DEFAULT} and this machine's clock; not before the
   * first is needed.
   *
   * @param uri the issuer's JWKS document, {@code https://…}
   * @return the keys
   * @throws WiringException if it is no such address
   */
  public static RemoteKeys of(URI uri) {
    return of(uri, RemoteKeysOptions.DEFAULT, InstantSource.system());
  }

  /**
   * Fetches keys with options and a clock of the host's; not before the first is needed.
   *
   * @param uri the issuer's JWKS document
   * @param options times and sizes
   * @param clock the current time
   * @return the keys
   * @throws WiringException if it is no address of HTTPS, nor of HTTP where that is allowed
   */
  public static RemoteKeys of(URI uri, RemoteKeysOptions options, InstantSource clock) {
    boolean allowed =
        "https".equalsIgnoreCase(uri.getScheme())
            || (options.plainHttp() && "http".equalsIgnoreCase(uri.getScheme()));
    if (!allowed || uri.getHost() == null || uri.getUserInfo() != null) {
      throw new WiringException(
          "RemoteKeys needs an address https://host/path without a login; for http:// set"
              + " RemoteKeysOptions.plainHttp");
    }
    return new RemoteKeys(uri, options, clock);
  }

  @Override
  public Optional<VerificationKey> find(String keyId) {
    VerificationKey key = known.get(keyId);
    if (key != null) {
      if (isDue(refreshed, options.refreshEvery()) && isDue(begun, options.refetchEvery())) {
        fetch();
      }
      return Optional.of(key);
    }
    if (unknown.getIfPresent(keyId) == null) {
      CompletableFuture<Boolean> fetch = fetch();
      if (fetch != null && hasBrought(fetch) && !known.containsKey(keyId)) {
        unknown.put(keyId, true);
      }
    }
    // Also where nothing was fetched: somebody else's fetch may have ended in between.
    return Optional.ofNullable(known.get(keyId));
  }

  /** Returns the fetch under way, or begins one; null if the last one was begun too lately. */
  private @Nullable CompletableFuture<Boolean> fetch() {
    synchronized (this) {
      if (running != null && !running.isDone()) {
        return running;
      }
      if (!isDue(begun, options.refetchEvery())) {
        return null;
      }
      Instant now = clock.instant();
      boolean refresh = isDue(refreshed, options.refreshEvery());
      begun = now;
      CompletableFuture<Boolean> fetch =
          client.fetch().handle((keys, fault) -> took(keys, fault, refresh ? now : null));
      running = fetch;
      return fetch;
    }
  }

  /**
   * Takes what a fetch brought.
   *
   * @param refresh when a refresh was begun; null for a fetch that only adds
   * @return whether it brought keys
   */
  private boolean took(
      @Nullable Map<String, VerificationKey> keys,
      @Nullable Throwable fault,
      @Nullable Instant refresh) {
    if (keys == null) {
      log.warn(
          "The keys of {} cannot be fetched ({}); going on with the {} that are there",
          uri.getHost(),
          reason(fault),
          known.size());
      return false;
    }
    if (refresh != null) {
      known = keys;
      refreshed = refresh;
    } else {
      Map<String, VerificationKey> more = new HashMap<>(keys);
      more.putAll(known);
      known = Map.copyOf(more);
    }
    return true;
  }

  private static String reason(@Nullable Throwable fault) {
    if (fault == null) {
      return "no answer";
    }
    Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
    return TokenRedaction.NONE.reason(cause == null ? fault : cause);
  }

  /** Waits for a fetch, and returns whether it brought keys. */
  private boolean hasBrought(CompletableFuture<Boolean> fetch) {
    if (!waiting.tryAcquire()) {
      return false;
    }
    try {
      return fetch.get(options.timeout().multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } finally {
      waiting.release();
    }
  }

  /** A clock that was set back makes everything due: better a fetch too many than none for long. */
  private boolean isDue(@Nullable Instant last, Duration every) {
    if (last == null) {
      return true;
    }
    Duration since = Duration.between(last, clock.instant());
    return since.isNegative() || since.compareTo(every) >= 0;
  }

  /** Returns a description without the keys. */
  @Override
  public String toString() {
    return "RemoteKeys[" + known.size() + "]";
  }
}
