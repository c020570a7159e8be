package com.techcorp.auth.token;

import com.techcorp.auth.TokenClaims;
import com.techcorp.auth.TokenRefusal;
import com.techcorp.auth.spi.RevocationPage;
import com.techcorp.auth.spi.Revocations;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.concurrent.Threads;
import com.techcorp.error.TokenRedaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a verifier knows of revoked tokens. It reads new revocations once a second on a thread of
 * its own, so a request costs no call, and a revocation works within 2 s. Give one view to all
 * verifiers of a process, and close it when the process ends. Thread-safe.
 *
 * <pre>{@code
 * RevocationView revocations = RevocationView.start(redis.revocations());
 * TokenVerifier tokens = AccessTokens.verifier(keys, revocations);
 * }</pre>
 *
 * <p>While the store is away the view goes on with what it has, and {@link #age} grows.
 */
public final class RevocationView implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RevocationView.class);
  private static final int PAGE = 10_000;

  private final Revocations revocations;
  private final RevocationOptions options;
  private final InstantSource clock;
  private final Threads threads;
  private final KnownRevocations known;
  private final ScheduledExecutorService timer;
  private final long started;

  private @Nullable String cursor;
  private boolean failing;
  private volatile @Nullable Long readAt;

  private RevocationView(
      Revocations revocations, RevocationOptions options, InstantSource clock, Threads threads) {
    this.revocations = revocations;
    this.options = options;
    this.clock = clock;
    this.threads = threads;
    this.known = new KnownRevocations(options.remembered());
    this.started = threads.nanoTime();
    this.timer = threads.timer("techcorp-revocations", 1);
  }

  /**
   * Reads revocations with {@link RevocationOptions#DEFAULT}, this machine's clock and a thread of
   * its own.
   *
   * @param revocations where they are kept
   * @return the view; it has been read once, or a warning says why not
   */
  public static RevocationView start(Revocations revocations) {
    return start(revocations, RevocationOptions.DEFAULT, InstantSource.system(), new OwnThreads());
  }

  /**
   * Reads revocations with options, a clock and threads of the host's.
   *
   * @param revocations where they are kept
   * @param options times and sizes
   * @param clock the current time, as the verifier has it
   * @param threads gives the thread, and the time by which the age is measured
   * @return the view; it has been read once, or a warning says why not
   */
  public static RevocationView start(
      Revocations revocations, RevocationOptions options, InstantSource clock, Threads threads) {
    RevocationView view = new RevocationView(revocations, options, clock, threads);
    view.read();
    long every = options.every().toMillis();
    view.timer.scheduleWithFixedDelay(view::read, every, every, TimeUnit.MILLISECONDS);
    return view;
  }

  /** Reads what is new. Whatever the store throws, it is read again the next time. */
  private void read() {
    try {
      long begun = threads.nanoTime();
      Instant now = clock.instant();
      RevocationPage page;
      do {
        page = revocations.since(cursor, PAGE);
        page.revocations().forEach(each -> known.add(each, now));
        cursor = page.cursor();
      } while (page.more());
      known.clean(now);
      readAt = begun;
      failing = false;
    } catch (Throwable e) {
      if (!failing) {
        log.warn(
            "Revocations cannot be read; tokens are verified with the {} that are known: {}",
            known.size(),
            TokenRedaction.NONE.reason(e));
      }
      failing = true;
    }
  }

  /**
   * Returns how old the knowledge of revocations is: a number to watch, about a second if all is
   * well.
   *
   * @return the time since the last reading that succeeded; since the start, if none has
   */
  public Duration age() {
    Long last = readAt;
    return Duration.ofNanos(threads.nanoTime() - (last == null ? started : last));
  }

  /**
   * Returns how many revocations are remembered.
   *
   * @return at most {@code RevocationOptions.remembered}
   */
  public int size() {
    return known.size();
  }

  /** Refuses a token that was revoked, or may have been. */
  void require(TokenClaims claims) throws RefusedTokenException {
    if (known.contains(claims)) {
      throw new RefusedTokenException(TokenRefusal.REVOKED);
    }
    if (options.mostAge().isPresent() && isOlderThan(options.mostAge().get())) {
      throw new RefusedTokenException(TokenRefusal.REVOCATIONS_TOO_OLD);
    }
  }

  private boolean isOlderThan(Duration most) {
    return readAt == null || age().compareTo(most) > 0;
  }

  /** Stops reading; what is known stays. Idempotent. */
  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** Returns a description without what is revoked. */
  @Override
  public String toString() {
    return "RevocationView[" + known.size() + "]";
  }
}
