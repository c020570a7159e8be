package com.techcorp.redis;

import com.techcorp.auth.spi.LoginLimits;
import com.techcorp.auth.spi.LoginLimits.Budget;
import com.techcorp.auth.spi.NewSession;
import com.techcorp.auth.spi.Revocations;
import com.techcorp.auth.spi.Rotation;
import com.techcorp.auth.spi.RotationResult;
import com.techcorp.auth.spi.SessionCreation;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.error.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Users who log in, refresh and log out for as long as this is open, each call by itself. */
final class SessionLoad implements AutoCloseable {
  private static final String HASH = "h".repeat(43);
  private static final Duration LIFETIME = Duration.ofDays(7);

  /** Calls are refused at once while there is no connection; nobody asks without a pause. */
  private static final Duration COMES_BACK = Duration.ofMillis(10);

  private static final Budget BUDGET = new Budget(1_000, Duration.ofSeconds(1));

  private final SessionStore sessions;
  private final Revocations revocations;
  private final LoginLimits limits;
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<UUID> ended = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger served = new AtomicInteger();
  private final AtomicInteger inARow = new AtomicInteger();
  private final AtomicInteger unavailable = new AtomicInteger();
  private final AtomicLong longestNanos = new AtomicLong();
  private volatile long lastUnavailable = System.nanoTime();
  private volatile boolean closed;

  SessionLoad(RedisCache cache, int count) {
    sessions = cache.sessions();
    revocations = cache.revocations();
    limits = cache.loginLimits();
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(this::run, "load-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  /** Calls that were answered since the last one that was not. */
  int servedInARow() {
    return inARow.get();
  }

  int served() {
    return served.get();
  }

  int unavailable() {
    return unavailable.get();
  }

  /** What was thrown that is no {@link UnavailableException}, and wrong answers. */
  List<Throwable> wrong() {
    return List.copyOf(wrong);
  }

  Duration longestCall() {
    return Duration.ofNanos(longestNanos.get());
  }

  /** From a time on until the last call that was not answered. */
  Duration outageSince(long nanoTime) {
    return Duration.ofNanos(Math.max(0, lastUnavailable - nanoTime));
  }

  /** Sessions whose end was confirmed. */
  List<UUID> ended() {
    return List.copyOf(ended);
  }

  /** Counts the sessions that live although their end was confirmed. */
  long revived() {
    return ended.stream().filter(this::lives).count();
  }

  private boolean lives(UUID session) {
    while (true) {
      try {
        return sessions.find(session).isPresent();
      } catch (UnavailableException e) {
        comeBack(); // the machine is slow
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      try {
        logInRefreshAndOut();
      } catch (UnavailableException e) {
        comeBack(); // the call has counted it
      } catch (RuntimeException | Error e) {
        wrong.add(e);
      }
    }
  }

  private void logInRefreshAndOut() {
    UUID user = UUID.randomUUID();
    NewSession session =
        new NewSession(UUID.randomUUID(), user, HASH, "{}", Instant.now(), LIFETIME, null);
    call(() -> limits.take("account:" + user, BUDGET));
    var epoch = call(() -> sessions.epoch(user));
    expect(call(() -> sessions.create(session, epoch, 100)) instanceof SessionCreation.Created);
    for (int generation = 1; generation <= 3; generation++) {
      int presented = generation;
      RotationResult result = call(() -> sessions.rotate(rotation(session.id(), presented)));
      // A fail-over may have lost the session; nothing else can have happened to it.
      expect(
          result instanceof RotationResult.Gone
              || result instanceof RotationResult.Current current
                  && current.generation() == presented + 1);
    }
    call(
        () -> {
          revocations.revokeSession(session.id(), Duration.ofMinutes(31));
          return true;
        });
    call(() -> sessions.end(user, session.id()));
    ended.add(session.id());
  }

  private static Rotation rotation(UUID session, int generation) {
    return new Rotation(
        session,
        generation,
        new Rotation.Successors(HASH, generation + 1, HASH),
        Duration.ofSeconds(10),
        false);
  }

  private <T> T call(Supplier<T> call) {
    long begun = System.nanoTime();
    try {
      T result = call.get();
      served.incrementAndGet();
      inARow.incrementAndGet();
      return result;
    } catch (UnavailableException e) {
      unavailable.incrementAndGet();
      inARow.set(0);
      lastUnavailable = System.nanoTime();
      throw e;
    } finally {
      longestNanos.accumulateAndGet(System.nanoTime() - begun, Math::max);
    }
  }

  private void expect(boolean condition) {
    if (!condition) {
      wrong.add(new AssertionError("a wrong answer"));
    }
  }

  private static void comeBack() {
    LockSupport.parkNanos(COMES_BACK.toNanos());
  }
}
