package com.techcorp.redis;

import com.techcorp.auth.Authenticator;
import com.techcorp.auth.LoginResult;
import com.techcorp.auth.LoginResult.LoggedIn;
import com.techcorp.auth.RefreshResult;
import com.techcorp.auth.RefreshResult.Refreshed;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.TokenVerifier;
import com.techcorp.auth.User;
import com.techcorp.error.UnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * People who log in with a wrong and the right password, refresh, and log out, for as long as this
 * is open. Each repeats what is not answered. What a person must get, whatever happens to Redis, is
 * looked at in {@link #wrong}.
 */
final class LoginLoad implements AutoCloseable {
  private static final String PASSWORD = "correct horse battery";
  private static final String WRONG = "wrong horse battery";
  private static final Duration COMES_BACK = Duration.ofMillis(10);

  /** Each so many sessions, one is kept for a while, and the end of one is remembered. */
  private static final int SAMPLE = 10;

  /** Sessions that a person keeps. */
  private static final int MOST_KEPT = 5;

  private final AuthOnRedis service;
  private final Authenticator auth;
  private final TokenVerifier verifier;
  private final Predicate<UUID> replicated;
  private final List<Person> people = new ArrayList<>();
  private final Queue<String> ended = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger logins = new AtomicInteger();
  private final AtomicInteger replicatedSessions = new AtomicInteger();
  private final AtomicInteger unavailable = new AtomicInteger();
  private final AtomicLong longestNanos = new AtomicLong();
  private volatile boolean closed;

  /**
   * Begins.
   *
   * @param replicated whether a replica certainly has a session: then nothing may lose it
   */
  LoginLoad(RedisCache cache, int count, Predicate<UUID> replicated) {
    this.service = new AuthOnRedis(cache);
    this.auth = service.authenticator();
    this.verifier = service.verifier();
    this.replicated = replicated;
    for (int i = 0; i < count; i++) {
      Person person = new Person(service.add("person" + i + "@example.com", PASSWORD));
      people.add(person);
      person.thread.start();
    }
  }

  int logins() {
    return logins.get();
  }

  int unavailable() {
    return unavailable.get();
  }

  /** Sessions of which a replica was asked, and had them. */
  int replicatedSessions() {
    return replicatedSessions.get();
  }

  Duration longestCall() {
    return Duration.ofNanos(longestNanos.get());
  }

  /** What was thrown that is no {@link UnavailableException}, and wrong answers. */
  List<Throwable> wrong() {
    return List.copyOf(wrong);
  }

  /** After the end: sessions that a replica had, and that are gone. */
  long lost() {
    return people.stream()
        .flatMap(person -> person.kept.stream())
        .filter(token -> !(refreshed(token) instanceof Refreshed))
        .count();
  }

  /** After the end: sessions whose logout was answered, and that can be refreshed. */
  long revived() {
    return ended.stream().filter(token -> refreshed(token) instanceof Refreshed).count();
  }

  /** Logouts that are looked at by {@link #revived}. */
  int ended() {
    return ended.size();
  }

  private RefreshResult refreshed(String token) {
    while (true) {
      try {
        return auth.refresh(token);
      } catch (UnavailableException e) {
        comeBack(); // the machine is slow
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      for (Person person : people) {
        person.thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Person {
    private final User user;
    private final Thread thread;
    private final Deque<String> kept = new ArrayDeque<>();

    Person(User user) {
      this.user = user;
      this.thread = new Thread(this::run, user.email());
      this.thread.setDaemon(true);
    }

    private void run() {
      for (int i = 0; !closed; i++) {
        try {
          comeAndGo(i % SAMPLE == 0);
        } catch (Closed e) {
          return;
        } catch (RuntimeException | Error e) {
          wrong.add(e);
        }
      }
    }

    private void comeAndGo(boolean sampled) {
      LoginResult refused = answered(() -> logIn(WRONG));
      expect(refused instanceof LoginResult.Refused, "a wrong password");
      // A login whose session is lost before it is confirmed is refused, as if all were ended.
      if (!(answered(() -> logIn(PASSWORD)) instanceof LoggedIn in)) {
        return;
      }
      logins.incrementAndGet();
      expect(verifier.verify(in.accessToken().value()) instanceof TokenVerdict.Valid, "a token");
      boolean safe = sampled && replicated.test(in.session().id());
      String token = refresh(refresh(in.refreshToken(), safe), safe);
      if (safe) {
        replicatedSessions.incrementAndGet();
        kept.add(token);
        if (kept.size() <= MOST_KEPT) {
          return;
        }
        token = refresh(kept.remove(), true);
      }
      String last = token;
      answered(
          () -> {
            auth.logOut(last);
            return true;
          });
      expect(
          !(answered(() -> auth.refresh(last)) instanceof Refreshed), "a session that has ended");
      if (sampled) {
        ended.add(last);
      }
    }

    private LoginResult logIn(String password) {
      return auth.logIn(AuthOnRedis.request(user.email(), password, null));
    }

    /**
     * Returns the next token; the same one if the session is gone, which must not have been safe.
     */
    private String refresh(String token, boolean safe) {
      RefreshResult result = answered(() -> auth.refresh(token));
      if (result instanceof Refreshed refreshed) {
        return refreshed.refreshToken();
      }
      expect(!safe, "a session that a replica had");
      return token;
    }
  }

  /** Repeats a call until it is answered. */
  private <T> T answered(Supplier<T> call) {
    while (true) {
      long begun = System.nanoTime();
      try {
        return call.get();
      } catch (UnavailableException e) {
        unavailable.incrementAndGet();
        if (closed) {
          throw new Closed();
        }
      } finally {
        longestNanos.accumulateAndGet(System.nanoTime() - begun, Math::max);
      }
      comeBack();
    }
  }

  private static void comeBack() {
    LockSupport.parkNanos(COMES_BACK.toNanos());
  }

  private void expect(boolean condition, String what) {
    if (!condition) {
      wrong.add(new AssertionError("a wrong answer: " + what));
    }
  }

  /** The load ended while a call was not answered. */
  private static final class Closed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
