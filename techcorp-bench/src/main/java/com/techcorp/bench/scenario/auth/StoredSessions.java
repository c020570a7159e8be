package com.techcorp.bench.scenario.auth;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.auth.Session;
import com.techcorp.auth.spi.NewSession;
import com.techcorp.auth.spi.SessionCreation;
import com.techcorp.auth.spi.SessionEpoch;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.bench.database.BenchRedis;
import com.techcorp.bench.database.Verification;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/** Many sessions in Redis: the memory they take, and how long it takes to list those of a user. */
final class StoredSessions {
  static final int OF_A_USER = 10;

  private static final int MOST_OF_A_USER = 100;
  private static final int WRITERS = 16;
  private static final int DIGITS = 3;
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration LIFETIME = Duration.ofDays(7);
  private static final String DEVICE = "{\"device\":\"Firefox on Linux\",\"app\":\"web\"}";
  private static final String TOKEN_HASH = "h".repeat(43);

  private final long users;
  private final Duration listing;

  /**
   * As many sessions as there are, {@value #OF_A_USER} of each user.
   *
   * @param sessions in all
   * @param listing how long they are listed
   */
  StoredSessions(long sessions, Duration listing) {
    this.users = sessions / OF_A_USER;
    this.listing = listing;
  }

  /**
   * What was measured.
   *
   * @param sessions in Redis
   * @param bytes of the server's memory for each session, with its share of the user's list
   * @param lists times to list one user's sessions, in nanoseconds
   */
  record Result(long sessions, double bytes, Histogram lists) {
    double millis(double percentile) {
      return lists.getValueAtPercentile(percentile) / 1e6;
    }
  }

  Result run() throws InterruptedException {
    try (BenchRedis redis = BenchRedis.start()) {
      SessionStore sessions = redis.cache().sessions();
      long before = redis.usedMemory();
      write(sessions);
      long written = users * OF_A_USER;
      double bytes = (double) (redis.usedMemory() - before) / written;
      return new Result(written, bytes, list(sessions));
    }
  }

  private void write(SessionStore sessions) throws InterruptedException {
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<?>> parts = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int first = i;
        parts.add(writers.submit(() -> write(sessions, first)));
      }
      for (Future<?> part : parts) {
        part.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the sessions could not be written", e);
    } finally {
      writers.shutdownNow();
    }
  }

  private void write(SessionStore sessions, int first) {
    for (long user = first; user < users; user += WRITERS) {
      for (int i = 0; i < OF_A_USER; i++) {
        open(sessions, id(user));
      }
    }
  }

  private Histogram list(SessionStore sessions) {
    Histogram times = new Histogram(LONGEST.toNanos(), DIGITS);
    SplittableRandom random = new SplittableRandom();
    long until = System.nanoTime() + listing.toNanos();
    do {
      UUID user = id(random.nextLong(users));
      long began = System.nanoTime();
      List<Session> listed = sessions.list(user);
      times.recordValue(Math.min(System.nanoTime() - began, LONGEST.toNanos()));
      Verification.counts("sessions of a user", OF_A_USER, listed.size());
    } while (System.nanoTime() - until < 0);
    return times;
  }

  /** Opens a session of a user whose sessions were never ended, without a login. */
  static UUID open(SessionStore sessions, UUID user) {
    UUID id = UuidCreator.getTimeOrderedEpoch();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    NewSession session = new NewSession(id, user, TOKEN_HASH, DEVICE, now, LIFETIME, null);
    SessionCreation creation = sessions.create(session, new SessionEpoch(""), MOST_OF_A_USER);
    if (!(creation instanceof SessionCreation.Created)) {
      throw new Verification.FailedException("a session was answered with " + creation);
    }
    return id;
  }

  private static UUID id(long user) {
    return new UUID(user, ~user);
  }
}
