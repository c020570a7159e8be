package com.techcorp.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.auth.spi.LoginLimits.Budget;
import com.techcorp.auth.spi.SessionEpoch;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.error.UnavailableException;
import com.techcorp.servers.proxy.TcpProxy;
import com.techcorp.servers.redis.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the network and a single server do to calls. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionFaultsIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration TIMEOUT = Duration.ofMillis(300);

  /** What may hold up any call beyond its time-out: garbage collection, other processes. */
  private static final Duration MARGIN = Duration.ofMillis(500);

  private static final Budget BUDGET = new Budget(1_000_000, Duration.ofSeconds(1));

  private static RedisServer server;

  private TcpProxy proxy;
  private RedisCache cache;

  @BeforeAll
  static void start() {
    server = RedisServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void connect() {
    proxy = TcpProxy.before("127.0.0.1", server.port());
    cache = RedisCache.connect(proxy.through(server.uri()), options());
  }

  @AfterEach
  void disconnect() {
    cache.close();
    proxy.close();
  }

  private static RedisOptions options() {
    return RedisOptions.DEFAULT.withTimeout(TIMEOUT).withConnectTimeout(TIMEOUT);
  }

  @Test
  @Tag("T47")
  void connectionsAreCutDelayedAndSwallowed() {
    assertNothingIsLostByFaults(1);
  }

  @Test
  @Tag("T47")
  @Tag("soak")
  void connectionsAreCutDelayedAndSwallowedTenTimes() {
    Duration longestCall = assertNothingIsLostByFaults(10);
    Duration allowed = TIMEOUT.plus(MARGIN);
    assertThat(longestCall).isLessThan(allowed);
  }

  /** Returns how long the longest call of a port took. */
  private Duration assertNothingIsLostByFaults(int rounds) {
    List<Runnable> faults =
        List.of(
            proxy::cut,
            proxy::blackHole,
            proxy::silenceOpen,
            proxy::stopReading,
            () -> proxy.delay(TIMEOUT, TIMEOUT),
            proxy::resetAll);
    SessionLoad load = new SessionLoad(cache, 8);
    // The server stays what it is, so it loses nothing.
    LoginLoad people = new LoginLoad(cache, 4, session -> true);
    try (load;
        people) {
      for (int i = 0; i < rounds; i++) {
        for (Runnable fault : faults) {
          awaitServed(load);
          int before = load.unavailable();
          fault.run();
          await().atMost(LIMIT).until(() -> load.unavailable() > before);
          proxy.restore();
        }
      }
      awaitServed(load);
    }
    assertThat(load.wrong()).isEmpty();
    assertThat(load.revived()).isZero();
    assertThat(load.longestCall()).isLessThan(TIMEOUT.multipliedBy(10));
    assertThat(people.wrong()).isEmpty();
    assertThat(people.lost()).isZero();
    assertThat(people.revived()).isZero();
    return load.longestCall();
  }

  @Test
  @Tag("T57")
  void aConnectionThatFellSilentIsLeft() {
    SessionStore sessions = cache.sessions();
    sessions.epoch(UUID.randomUUID());

    // when: as if a firewall had forgotten it; nobody closes it
    proxy.silenceOpen();

    // then: without restore
    await().atMost(LIMIT).until(() -> answers(() -> sessions.epoch(UUID.randomUUID())));
  }

  @Test
  @Tag("T07")
  void noCommandIsSentTwice() {
    waitLonger();
    String key = "counted-" + UUID.randomUUID();
    Budget budget = new Budget(1_000, Duration.ofHours(1));
    cache.loginLimits().take(key, budget);

    // when: it is done, and the reply is lost with the connection
    proxy.loseReplies(Pattern.compile(key), 1);
    boolean answered = answers(() -> cache.loginLimits().take(key, budget));
    await().atMost(LIMIT).until(() -> answers(() -> cache.loginLimits().take(key, budget)));

    // then: three were taken
    assertThat(answered).isFalse();
    assertThat(proxy.lost()).isEqualTo(1);
    int left = 0;
    while (cache.loginLimits().take(key, budget).isEmpty()) {
      left++;
    }
    assertThat(left).isEqualTo(1_000 - 3);
  }

  @Test
  void aFrozenServerHoldsNobodyAndNothing() throws Exception {
    RedisCache small =
        RedisCache.connect(
            server.uri(), options().withRequestQueue(16).withTimeout(Duration.ofSeconds(6)));
    ExecutorService callers = Executors.newFixedThreadPool(64);
    try (small) {
      small.loginLimits().take("before", BUDGET);
      server.pause();
      List<Future<String>> calls =
          IntStream.range(0, 256)
              .mapToObj(
                  i -> callers.submit(() -> failure(() -> small.loginLimits().take("a", BUDGET))))
              .toList();
      for (Future<String> call : calls) {
        assertThat(call.get(60, TimeUnit.SECONDS)).isNotEmpty();
      }
      assertThat(calls)
          .as("beyond the bound")
          .anySatisfy(call -> assertThat(call.get()).contains("Too many requests"));
      server.resume();
      await().atMost(LIMIT).until(() -> answers(() -> small.loginLimits().take("a", BUDGET)));
    } finally {
      server.resume();
      callers.shutdownNow();
    }
  }

  @Test
  void aServerThatIsKilledComesBackWithoutScripts() {
    waitLonger();
    SessionStore sessions = cache.sessions();
    UUID user = UUID.randomUUID();
    sessions.endAll(user, null);
    SessionEpoch epoch = sessions.epoch(user);

    server.kill();
    assertThat(answers(() -> sessions.epoch(user))).isFalse();
    server.restart();

    await().atMost(LIMIT).until(() -> answers(() -> sessions.epoch(user)));
    assertThat(sessions.epoch(user)).isEqualTo(epoch);
  }

  @Test
  void peopleLogInAgainAfterAllIsDeleted() {
    SessionLoad load = new SessionLoad(cache, 4);
    LoginLoad people = new LoginLoad(cache, 2, session -> false);
    try (OrderLoad orders = new OrderLoad(cache)) {
      try (load;
          people) {
        for (int i = 0; i < 5; i++) {
          awaitServed(load);
          int logins = people.logins();
          int confirmed = orders.confirmed();
          server.flush();
          await()
              .atMost(LIMIT)
              .until(
                  () ->
                      people.logins() > logins + 5
                          && orders.confirmed() > confirmed + OrderLoad.CUSTOMERS);
        }
        awaitServed(load);
      }
      orders.stop();
      assertThat(orders.wrong()).isEmpty();
      orders.assertSettles();
    }
    // A login that was under way may lose.
    assertThat(load.revived()).isZero();
    assertThat(people.wrong()).isEmpty();
    assertThat(people.revived()).isZero();
  }

  @Test
  void nothingIsServedByAClosedCache() {
    SessionStore sessions = cache.sessions();
    cache.close();
    cache.close();

    assertThat(failure(() -> sessions.epoch(UUID.randomUUID()))).contains("closed");
  }

  @Test
  void anInterruptedCallerKeepsTheInterruption() throws Exception {
    waitLonger();
    SessionStore sessions = cache.sessions();
    sessions.epoch(UUID.randomUUID());
    proxy.delay(Duration.ZERO, Duration.ofSeconds(2)); // so that no reply is there already
    ExecutorService caller = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> interrupted =
          caller.submit(
              () -> {
                Thread.currentThread().interrupt();
                return !answers(() -> sessions.epoch(UUID.randomUUID()))
                    && Thread.currentThread().isInterrupted();
              });
      assertThat(interrupted.get(60, TimeUnit.SECONDS)).isTrue();
      proxy.restore();
      assertThat(answers(() -> sessions.epoch(UUID.randomUUID()))).isTrue();
    } finally {
      caller.shutdownNow();
    }
  }

  /** For a test in which no reply is missing for long: a slow machine is no fault. */
  private void waitLonger() {
    cache.close();
    cache = RedisCache.connect(proxy.through(server.uri()), TestRedis.PATIENT);
  }

  private static void awaitServed(SessionLoad load) {
    int before = load.served();
    await().atMost(LIMIT).until(() -> load.servedInARow() > 100 && load.served() > before + 100);
  }

  private static boolean answers(Callable<?> call) {
    return failure(call).isEmpty();
  }

  private static String failure(Callable<?> call) {
    try {
      call.call();
      return "";
    } catch (UnavailableException e) {
      return e.getMessage();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
