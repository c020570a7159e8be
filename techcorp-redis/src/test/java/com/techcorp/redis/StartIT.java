package com.techcorp.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.techcorp.auth.spi.SessionStore;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.servers.proxy.TcpProxy;
import com.techcorp.servers.redis.RedisCluster;
import com.techcorp.servers.redis.RedisSentinel;
import com.techcorp.servers.redis.RedisServer;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start needs of Redis, and what it does not. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StartIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Longer than a look at a Cluster waits for a node, once it knows others. */
  private static final Duration SLOW = Duration.ofMillis(700);

  private static final String PASSWORD = "pässword/@:1";
  private static final String ENCODED = "p%C3%A4ssword%2F%40%3A1";

  @Test
  void needsNoRedis() {
    try (RedisServer server = RedisServer.start()) {
      server.kill();
      try (RedisCache cache = RedisCache.connect(server.uri())) {
        SessionStore sessions = cache.sessions();
        assertThatExceptionOfType(UnavailableException.class)
            .isThrownBy(() -> sessions.epoch(UUID.randomUUID()));

        server.restart();

        await()
            .atMost(LIMIT)
            .ignoreExceptionsInstanceOf(UnavailableException.class)
            .untilAsserted(() -> sessions.epoch(UUID.randomUUID()));
      }
    }
  }

  @Test
  void needsNoCluster() {
    try (RedisServer server = RedisServer.start()) {
      server.kill();
      try (RedisCache cache = RedisCache.connect("redis-cluster://127.0.0.1:" + server.port())) {
        assertThatExceptionOfType(UnavailableException.class)
            .isThrownBy(() -> cache.sessions().epoch(UUID.randomUUID()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"allkeys-lru", "volatile-ttl"})
  void refusesToLoseSessions(String policy) {
    try (RedisServer server = startWith("maxmemory-policy", policy);
        RedisCache cache = RedisCache.connect(server.uri())) {
      assertThatExceptionOfType(WiringException.class)
          .isThrownBy(cache::sessions)
          .withMessageContaining("noeviction")
          .withMessageContaining(policy);
      assertThatExceptionOfType(WiringException.class).isThrownBy(cache::revocations);
      assertThatExceptionOfType(WiringException.class).isThrownBy(cache::loginLimits);
    }
  }

  @Test
  void onlyWarnsWithoutPersistence() {
    try (RedisServer server = startWith("appendonly", "no");
        RedisCache cache = RedisCache.connect(server.uri())) {
      assertThat(cache.sessions().epoch(UUID.randomUUID()).value()).isEmpty();
    }
  }

  @Test
  void needsTheRightPassword() {
    withPassword(
        server -> {
          String address = "127.0.0.1:" + server.port();
          try (RedisCache cache = RedisCache.connect("redis://:" + ENCODED + "@" + address)) {
            cache.sessions().epoch(UUID.randomUUID());
          }
          for (String wrong :
              new String[] {
                "redis://" + address,
                "redis://:wr0ng@" + address,
                "redis://ana:" + ENCODED + "@" + address,
                "redis-cluster://:wr0ng@" + address
              }) {
            assertThatExceptionOfType(WiringException.class)
                .as(wrong)
                .isThrownBy(() -> RedisCache.connect(wrong, TestRedis.PATIENT))
                .satisfies(
                    e ->
                        assertThat(e.toString()).doesNotContain("wr0ng", "ana", ENCODED, PASSWORD));
          }
        });
  }

  @Test
  void aWrongPasswordForAClusterIsRefusedAlsoByASlowServer() {
    withPassword(
        server -> {
          try (TcpProxy proxy = TcpProxy.before("127.0.0.1", server.port())) {
            proxy.delay(Duration.ZERO, SLOW);
            String wrong = "redis-cluster://:wr0ng@127.0.0.1:" + proxy.port();

            assertThatExceptionOfType(WiringException.class)
                .isThrownBy(() -> RedisCache.connect(wrong, TestRedis.PATIENT))
                .withMessageContaining("password");
          }
        });
  }

  /** As with a managed Redis, where nobody may look at its settings. */
  @Test
  void onlyWarnsIfItMayNotLook() {
    try (RedisServer server = RedisServer.start()) {
      RedisClient client = RedisClient.create(server.uri());
      client
          .connect()
          .sync()
          .aclSetuser(
              "ana",
              AclSetuserArgs.Builder.on()
                  .addPassword("secret")
                  .allKeys()
                  .allCommands()
                  .removeCommand(CommandType.CONFIG));
      client.shutdown();
      try (RedisCache cache = RedisCache.connect("redis://ana:secret@127.0.0.1:" + server.port())) {
        cache.sessions().endAll(UUID.randomUUID(), null);
      }
    }
  }

  @Test
  void tellsAServerFromAClusterAndASentinel() {
    try (RedisServer server = RedisServer.start();
        RedisCluster cluster = RedisCluster.start(1, 0);
        RedisSentinel sentinel = RedisSentinel.start()) {
      String node = "redis://127.0.0.1:" + cluster.nodes().get(0).port();
      assertThatExceptionOfType(WiringException.class)
          .isThrownBy(() -> RedisCache.connect(node))
          .withMessageContaining("redis-cluster:");
      assertThatExceptionOfType(WiringException.class)
          .isThrownBy(() -> RedisCache.connect("redis-cluster://127.0.0.1:" + server.port()))
          .withMessageContaining("redis:");
      String first = sentinel.uri().replaceAll("redis-sentinel://([^,]+),.*", "$1");
      assertThatExceptionOfType(WiringException.class)
          .isThrownBy(() -> RedisCache.connect("redis://" + first))
          .withMessageContaining("redis-sentinel:");
      assertThatCode(() -> RedisCache.connect(sentinel.uri()).close()).doesNotThrowAnyException();
    }
  }

  @Test
  void leavesNoThreadBehind() {
    TestRedis redis = TestRedis.cluster();
    Set<Thread> before = Thread.getAllStackTraces().keySet();

    RedisCache cache = RedisCache.connect(redis.uri());
    cache.sessions().epoch(UUID.randomUUID());
    cache.close();
    cache.close();

    await()
        .atMost(LIMIT)
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("lettuce-"))
                    .allMatch(before::contains));
  }

  private static RedisServer startWith(String setting, String value) {
    return RedisServer.start(
        com.techcorp.servers.redis.RedisOptions.DEFAULT.withSetting(setting, value));
  }

  private static void withPassword(Consumer<RedisServer> test) {
    try (RedisServer server = RedisServer.start()) {
      RedisClient client = RedisClient.create(server.uri());
      client.connect().sync().configSet("requirepass", PASSWORD);
      client.shutdown();
      test.accept(server);
    }
  }
}
