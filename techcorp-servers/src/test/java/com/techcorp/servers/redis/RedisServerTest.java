package com.techcorp.servers.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.techcorp.error.WiringException;
import com.techcorp.servers.process.ChildJvm;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RedisServerTest {
  /** What a busy machine does not reach. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static RedisClient client;
  private static RedisServer server;

  @BeforeAll
  static void startServer() {
    client = RedisClient.create();
    server = RedisServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
    client.shutdown(0, 0, TimeUnit.SECONDS);
  }

  @Test
  void writesToTheDiskAndEvictsNothingWithTheDefaultSettings() {
    assertThat(setting("appendonly")).isEqualTo("yes");
    assertThat(setting("appendfsync")).isEqualTo("everysec");
    assertThat(setting("save")).isEmpty();
    assertThat(setting("maxmemory-policy")).isEqualTo("noeviction");
    assertThat(setting("dir")).contains("target");
  }

  @Test
  void refusesASettingThatTheStarterDecides() {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> RedisOptions.DEFAULT.withSetting("REQUIREPASS", "secret"))
        .withMessageContaining("requirepass");
  }

  @Test
  void flushesAServerOfOnesOwn() {
    try (RedisServer own = RedisServer.start()) {
      // given
      on(own, redis -> redis.set("key", "value"));

      // when
      own.flush();

      // then
      assertThat(on(own, redis -> redis.get("key"))).isNull();
    }
  }

  @Test
  void keepsWhatWasWrittenWhenKilled() {
    // given
    long firstPid = server.pid();
    int firstPort = server.port();
    on(server, redis -> redis.set("kept", "value"));
    // Nothing waits in Redis itself while an earlier write is on its way to the disk.
    await()
        .atMost(LIMIT)
        .until(
            () -> on(server, redis -> redis.info("persistence")).contains("aof_buffer_length:0"));

    // when
    server.kill();

    // then
    assertThatThrownBy(() -> on(server, RedisCommands::ping)).isInstanceOf(RedisException.class);

    // when
    server.restart();

    // then
    assertThat(server.pid()).isNotEqualTo(firstPid);
    assertThat(server.port()).isEqualTo(firstPort);
    assertThat(on(server, redis -> redis.get("kept"))).isEqualTo("value");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void answersNothingWhileItIsFrozen() {
    try (StatefulRedisConnection<String, String> connection =
        client.connect(RedisURI.create(server.uri()))) {
      // given
      connection.sync().set("frozen", "value");
      server.pause();
      try {
        // when
        connection.setTimeout(Duration.ofMillis(500));

        // then
        assertThatThrownBy(() -> connection.sync().get("frozen"))
            .isInstanceOf(RedisCommandTimeoutException.class);
      } finally {
        // when
        server.resume(); // the other tests need it too
      }

      // then
      connection.setTimeout(LIMIT);
      assertThat(connection.sync().get("frozen")).isEqualTo("value");
    }
  }

  @Test
  void findsItsDataAgainAfterClose(@TempDir Path directory) {
    // given
    RedisOptions options =
        RedisOptions.DEFAULT.withDirectory(directory).withSetting("maxmemory", "50mb");
    try (RedisServer first = RedisServer.start(options)) {
      on(first, redis -> redis.set("kept", "value"));
    }

    // when
    try (RedisServer second = RedisServer.start(options)) {
      // then
      assertThat(on(second, redis -> redis.get("kept"))).isEqualTo("value");
      assertThat(on(second, redis -> redis.configGet("maxmemory").get("maxmemory")))
          .isEqualTo(Integer.toString(50 * 1024 * 1024));
    }
  }

  @Test
  void saysWhyItDoesNotStart() {
    RedisOptions options = RedisOptions.DEFAULT.withSetting("no-such-setting", "1");

    assertThatIllegalStateException()
        .isThrownBy(() -> RedisServer.start(options))
        .withMessageContaining("no-such-setting");
  }

  @Test
  void sharesOneServerThatNobodyMayStopOrFlush() {
    RedisServer shared = RedisServer.shared();
    SetArgs aMinute = SetArgs.Builder.ex(60);
    String prefix = "RedisServerTest:" + UUID.randomUUID() + ":";

    assertThat(RedisServer.shared()).isSameAs(shared);
    assertThat(on(shared, redis -> redis.set(prefix + "key", "value", aMinute))).isEqualTo("OK");
    assertThatIllegalStateException().isThrownBy(shared::kill);
    assertThatIllegalStateException().isThrownBy(shared::flush);
    assertThatIllegalStateException().isThrownBy(shared::close);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void endsWithAJvmThatIsKilledEvenWhenFrozen() {
    try (ChildJvm child = ChildJvm.of(ServerOwner.class).start()) {
      // given
      String pid = child.awaitLine("redis=", LIMIT).split("=", 2)[1];
      ProcessHandle redis = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();

      // when
      child.kill();

      // then
      await().atMost(LIMIT).until(() -> !redis.isAlive());
    }
  }

  private static String setting(String name) {
    return on(server, redis -> redis.configGet(name).get(name));
  }

  private static String on(
      RedisServer server, Function<RedisCommands<String, String>, String> command) {
    try (StatefulRedisConnection<String, String> connection =
        client.connect(RedisURI.create(server.uri()))) {
      return command.apply(connection.sync());
    }
  }

  /** A JVM that owns a frozen server. */
  static final class ServerOwner {
    public static void main(String[] args) throws InterruptedException {
      ChildJvm.haltWithParent();
      RedisServer owned = RedisServer.start();
      owned.pause();
      System.out.println("redis=" + owned.pid());
      Thread.currentThread().join();
    }
  }
}
