package com.techcorp.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.servers.redis.RedisCluster;
import com.techcorp.servers.redis.RedisSentinel;
import com.techcorp.servers.redis.RedisServer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
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

  /** What may hold up any call beyond its time-out: garbage collection, other processes. */
  private static final Duration MARGIN = Duration.ofMillis(500);

  /** A login consists of calls of several ports; the first that is not answered ends it. */
  private static final int CALLS_OF_A_LOGIN = 3;

  private static final long HEAP_MARGIN = 32L << 20;
  private static final int ENOUGH = 300;
  private static final int ROUNDS = 10;

  @Test
  @Tag("T47")
  @Tag("soak")
  void aMasterOfAClusterIsKilled() {
    try (RedisCluster cluster = RedisCluster.start(3, 3, NODE_TIMEOUT)) {
      killed(cluster, 1);
    }
  }

  /** The one that the build runs. */
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
  @Tag("soak")
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

  private static Outcome killed(RedisCluster cluster, int rounds) {
    return each(
        cluster.uri(),
        ReplicaProbe.of(cluster),
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

  private static Outcome hung(RedisCluster cluster, int rounds, Duration least) {
    return each(
        cluster.uri(),
        ReplicaProbe.of(cluster),
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
        ReplicaProbe.of(sentinel),
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
        ReplicaProbe.of(sentinel),
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

  /**
   * What was measured.
   *
   * @param longestOutage from the fault until all was served again
   * @param longestCall of a port
   * @param longestLogin and refresh and logout
   * @param heapGrowth from the first round to the last, in bytes
   */
  private record Outcome(
      Duration longestOutage, Duration longestCall, Duration longestLogin, long heapGrowth) {}

  /** Does something bad again and again, and undoes it when all is served. */
  private static Outcome each(
      String uri, ReplicaProbe replicas, int rounds, Supplier<Runnable> fault) {
    Duration longest = Duration.ZERO;
    long firstHeap = 0;
    long lastHeap = 0;
    try (replicas;
        RedisCache cache = RedisCache.connect(uri, RedisOptions.DEFAULT.withTimeout(TIMEOUT));
        OrderLoad orders = new OrderLoad(cache)) {
      SessionLoad load = new SessionLoad(cache, 8);
      LoginLoad people = new LoginLoad(cache, 4, replicas::hasSession);
      try (load;
          people) {
        for (int i = 0; i < rounds; i++) {
          awaitServed(load, people);
          int before = load.unavailable();
          long begun = System.nanoTime();
          Runnable undo = fault.get();
          await().atMost(LIMIT).until(() -> load.unavailable() > before);
          int confirmed = orders.confirmed();
          awaitServed(load, people);
          assertThat(orders.confirmed())
              .as("orders go on while Redis is away")
              .isGreaterThan(confirmed + OrderLoad.CUSTOMERS);
          Duration outage = load.outageSince(begun);
          longest = outage.compareTo(longest) > 0 ? outage : longest;
          undo.run();
          awaitServed(load, people);
          lastHeap = heap();
          firstHeap = i == 0 ? lastHeap : firstHeap;
        }
      }
      orders.stop();
      Outcome outcome =
          new Outcome(longest, load.longestCall(), people.longestCall(), lastHeap - firstHeap);
      System.out.printf(
          "FailOverIT: %d rounds, %d calls served, %d unavailable, %d logins, %d sessions on"
              + " replicas, %d logouts, %d orders, %d refused, %s%n",
          rounds,
          load.served(),
          load.unavailable(),
          people.logins(),
          people.replicatedSessions(),
          people.ended(),
          orders.confirmed(),
          orders.refused(),
          outcome);
      assertThat(load.wrong()).isEmpty();
      assertThat(load.ended()).isNotEmpty();
      assertThat(load.revived()).isZero();
      assertThat(load.longestCall()).isLessThan(TIMEOUT.multipliedBy(10));
      assertThat(people.wrong()).isEmpty();
      assertThat(people.lost()).isZero();
      assertThat(people.revived()).isZero();
      assertThat(orders.wrong()).isEmpty();
      assertThat(orders.refused()).isPositive();
      orders.assertSettles();
      return outcome;
    }
  }

  private static long heap() {
    System.gc();
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    return heap.getUsed();
  }

  private static void awaitServed(SessionLoad load, LoginLoad people) {
    int before = load.served();
    int logins = people.logins();
    await()
        .atMost(LIMIT)
        .until(
            () ->
                load.servedInARow() > ENOUGH
                    && load.served() > before + ENOUGH
                    && people.logins() > logins);
  }

  /** Of a soak: these times need a machine that is not busy. */
  private static void assertShort(Outcome outcome) {
    Duration allowed = NODE_TIMEOUT.plus(ALLOWED);
    Duration call = TIMEOUT.plus(MARGIN);
    Duration login = call.multipliedBy(CALLS_OF_A_LOGIN);
    assertThat(outcome.longestOutage()).isLessThan(allowed);
    assertThat(outcome.longestCall()).isLessThan(call);
    assertThat(outcome.longestLogin()).isLessThan(login);
    assertThat(outcome.heapGrowth()).isLessThan(HEAP_MARGIN);
  }

  /** The master of a key that the load uses, now. */
  private static RedisServer masterOfSome(RedisCluster cluster) {
    cluster.awaitOk();
    return cluster.masterOf("revocations");
  }
}
