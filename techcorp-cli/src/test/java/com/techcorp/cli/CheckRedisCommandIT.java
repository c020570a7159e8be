package com.techcorp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.spi.NewSession;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.redis.RedisCache;
import com.techcorp.redis.RedisOptions;
import com.techcorp.servers.redis.RedisServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Checks what an application keeps in Redis. */
class CheckRedisCommandIT {
  private static final String TOKEN = "AQ" + "x".repeat(74);

  private final String uri = RedisServer.shared().uri();
  private final String prefix = "cli-" + UUID.randomUUID() + ":";
  private final UUID ana = UUID.randomUUID();
  private final RedisCache redis =
      RedisCache.connect(
          uri,
          RedisOptions.DEFAULT
              .withPrefix(prefix)
              .withTimeout(Duration.ofSeconds(30))
              .withConnectTimeout(Duration.ofSeconds(30)));
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void close() {
    redis.sessions().endAll(ana, null);
    redis.close();
  }

  private void logIn(String deviceInfo) {
    SessionStore sessions = redis.sessions();
    NewSession session =
        new NewSession(
            UUID.randomUUID(),
            ana,
            "h".repeat(43),
            deviceInfo,
            Instant.now(),
            Duration.ofDays(7),
            null);
    sessions.create(session, sessions.epoch(ana), 100);
  }

  private int run(Map<String, String> env, String... options) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = OperatorCommand.commandLine(env);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(
        Stream.concat(Stream.of("check-redis", "--key-prefix", prefix), Stream.of(options))
            .toArray(String[]::new));
  }

  private int run(String... options) {
    return run(Map.of("TECHCORP_REDIS_URL", uri), options);
  }

  @Test
  void whatTheApplicationWritesIsClean() {
    logIn("{}");

    assertThat(run()).isEqualTo(CheckCommand.CLEAN);
    assertThat(out.toString()).contains("sessions").endsWith("rules checked: clean\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aViolationIsNamedAndTheTokenIsNotShown() {
    logIn("{\"cookie\":\"" + TOKEN + "\"}");

    assertThat(run()).isEqualTo(CheckCommand.VIOLATIONS);
    assertThat(out.toString())
        .contains("! " + prefix + "session:", "holds what looks like a token")
        .endsWith("1 violations\n")
        .doesNotContain(TOKEN);
  }

  @Test
  void optionsSayWhatTheApplicationsSessionsAre() {
    logIn("{}");

    assertThat(run("--lifetime", "P6D", "--slack", "PT0S")).isEqualTo(CheckCommand.VIOLATIONS);
    assertThat(out.toString()).contains("session-ends-in-time");
    assertThat(run("--idle-time-out")).isEqualTo(CheckCommand.CLEAN);
    assertThat(run("--lifetime", "P8D")).isEqualTo(CheckCommand.ERROR);
    assertThat(err.toString()).contains("lifetime").contains("Usage: techcorp check-redis");
  }

  @Test
  void withoutAnAddressOrRedisItIsAnError() {
    assertThat(run(Map.of())).isEqualTo(CheckCommand.ERROR);
    assertThat(err.toString()).startsWith("TECHCORP_REDIS_URL must name Redis");

    Map<String, String> nobody = Map.of("TECHCORP_REDIS_URL", "redis://:hunter2@127.0.0.1:1");
    assertThat(run(nobody)).isEqualTo(CheckCommand.ERROR);
    assertThat(err.toString()).isNotBlank().doesNotContain("Usage", "hunter2");
  }
}
