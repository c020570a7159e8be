package com.techcorp.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.servers.redis.RedisCluster;
import com.techcorp.servers.redis.RedisSentinel;
import com.techcorp.servers.redis.RedisServer;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A master dies or hangs under load, and a replica takes its place. */
@Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailOverIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration NODE_TIMEOUT = Duration.ofSeconds(1);

  /** What the library allows itself beyond the time after which nodes take one for dead. */
  private static final Duration ALLOWED = Duration.ofSeconds(4);

  private static final int ENOUGH = 300;
  private static final int ROUNDS = 10;

  @Test
  @Tag("T47")
  void aMasterOfAClusterIsKilled() {
    try (RedisCluster cluster = RedisCluster.start(3, 3, NODE_TIMEOUT)) {
      killed(cluster, 1);
    }
  }

  @Test
  @Tag("T47")
  @Tag("T57")
  void aMasterOfAClusterHangs() {
    try (RedisCluster cluster = RedisCluster.start(3, 3, NODE_TIMEOUT)) {
      hung(cluster, 1, Duration.ZERO);
    }
  }

  @Test
  @Tag("T47")
  @Tag("T57")
  void aMasterUnderSentinelHangsAndAnotherIsKilled() {
    try (RedisSentinel sentinel = RedisSentinel.start()) {
      underSentinel(sentinel, 1);
    }
  }

  @Test
  @Tag("T47")
  @Tag("soak")
  void mastersOfAClusterAreKilledTenTimes() {
    try (RedisCluster cluster = RedisCluster.start(3, 3, NODE_TIMEOUT)) {
      assertShort(killed(cluster, ROUNDS));
    }
  }

  @Test
  @Tag("T47")
  @Tag("T57")
  @Tag("soak")
  void mastersOfAClusterHangTenTimesFor10Seconds() {
    try (RedisCluster cluster = RedisCluster.start(3, 3, NODE_TIMEOUT)) {
      assertShort(hung(cluster, ROUNDS, Duration.ofSeconds(10)));
    }
  }

  @Test
  @Tag("soak")
  void mastersUnderSentinelHangAndAreKilledTenTimes() {
    try (RedisSentinel sentinel = RedisSentinel.start()) {
      underSentinel(sentinel, ROUNDS);
    }
  }

  private static Duration killed(RedisCluster cluster, int rounds) {
    return each(
        cluster.uri(),
        rounds,
        () -> {
          RedisServer master = masterOfSome(cluster);
          master.kill();
          return () -> {
            master.restart();
            cluster.awaitOk();
          };
        });
  }

  private static Duration hung(RedisCluster cluster, int rounds, Duration least) {
    return each(
        cluster.uri(),
        rounds,
        () -> {
          RedisServer master = masterOfSome(cluster);
          long until = System.nanoTime() + least.toNanos();
          master.pause();
          return () -> {
            await().atMost(LIMIT).until(() -> System.nanoTime() - until > 0);
            master.resume();
            cluster.awaitOk();
          };
        });
  }

  private static void underSentinel(RedisSentinel sentinel, int rounds) {
    each(
        sentinel.uri(),
        rounds,
        () -> {
          RedisServer master = sentinel.master();
          master.pause();
          return () -> {
            master.resume();
            sentinel.awaitOk();
          };
        });
    each(
        sentinel.uri(),
        rounds,
        () -> {
          RedisServer master = sentinel.master();
          master.kill();
          return () -> {
            master.restart();
            sentinel.awaitOk();
          };
        });
  }

  /** Does something bad again and again, and undoes it when all is served; the longest outage. */
  private static Duration each(String uri, int rounds, Supplier<Runnable> fault) {
    Duration longest = Duration.ZERO;
    try (RedisCache cache = RedisCache.connect(uri, RedisOptions.DEFAULT.withTimeout(TIMEOUT))) {
      SessionLoad load = new SessionLoad(cache, 8);
      try (load) {
        for (int i = 0; i < rounds; i++) {
          awaitServed(load);
          int before = load.unavailable();
          long begun = System.nanoTime();
          Runnable undo = fault.get();
          await().atMost(LIMIT).until(() -> load.unavailable() > before);
          awaitServed(load);
          Duration outage = load.outageSince(begun);
          longest = outage.compareTo(longest) > 0 ? outage : longest;
          undo.run();
          awaitServed(load);
        }
      }
      System.out.printf(
          "FailOverIT: %d rounds, %d calls served, %d unavailable, longest call %d ms, longest"
              + " outage %d ms%n",
          rounds,
          load.served(),
          load.unavailable(),
          load.longestCall().toMillis(),
          longest.toMillis());
      assertThat(load.wrong()).isEmpty();
      assertThat(load.ended()).isNotEmpty();
      assertThat(load.revived()).isZero();
      assertThat(load.longestCall()).isLessThan(TIMEOUT.multipliedBy(10));
    }
    return longest;
  }

  private static void awaitServed(SessionLoad load) {
    int before = load.served();
    await()
        .atMost(LIMIT)
        .until(() -> load.servedInARow() > ENOUGH && load.served() > before + ENOUGH);
  }

  private static void assertShort(Duration outage) {
    assertThat(outage).isLessThan(NODE_TIMEOUT.plus(ALLOWED));
  }

  /** The master of a key that the load uses, now. */
  private static RedisServer masterOfSome(RedisCluster cluster) {
    cluster.awaitOk();
    return cluster.masterOf("revocations");
  }
}
