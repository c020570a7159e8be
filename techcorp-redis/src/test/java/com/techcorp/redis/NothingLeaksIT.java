package com.techcorp.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.auth.Authenticator;
import com.techcorp.auth.LoginResult.LoggedIn;
import com.techcorp.auth.PasswordChange;
import com.techcorp.auth.PasswordChangeResult.Changed;
import com.techcorp.auth.RefreshResult.Refreshed;
import com.techcorp.auth.User;
import com.techcorp.contracts.LogCapture;
import com.techcorp.error.TechCorpException;
import com.techcorp.servers.redis.RedisCluster;
import com.techcorp.servers.redis.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.Level;

/** Plants secrets, does what a service does on Redis, and looks for them in logs and in Redis. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NothingLeaksIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String EMAIL = "planted.ana@example.com";
  private static final String PASSWORD = "planted horse battery";
  private static final String NEW_PASSWORD = "planted staple battery";
  private static final String WRONG_PASSWORD = "planted wrong battery";
  private static final String REDIS_PASSWORD = "planted-redis-password";
  private static final String WRONG_REDIS_PASSWORD = "planted-wrong-password";

  /** What must not be at TRACE where somebody could read it: it shows each command. */
  private static final String COMMANDS = "io.lettuce.core.protocol";

  private final LogCapture logged = LogCapture.all();

  /** What must be seen nowhere. */
  private final Set<String> secrets = new TreeSet<>();

  /** Answers, exceptions with their stacks, and texts of what a host holds. */
  private final List<String> seen = new ArrayList<>();

  @BeforeEach
  void plant() {
    secrets.addAll(
        List.of(
            EMAIL,
            PASSWORD,
            NEW_PASSWORD,
            WRONG_PASSWORD,
            REDIS_PASSWORD,
            WRONG_REDIS_PASSWORD,
            AuthOnRedis.ADDRESS,
            new String(AuthOnRedis.KEY, StandardCharsets.US_ASCII),
            Base64.getEncoder().encodeToString(AuthOnRedis.KEY),
            HexFormat.of().formatHex(AuthOnRedis.KEY)));
  }

  @AfterEach
  void leave() {
    logged.close();
  }

  @Test
  void noSecretIsInALogAtDebugNorInRedis() throws Exception {
    logged.at(Level.DEBUG);

    everything();

    assertThat(logged.lines())
        .as("Lettuce says what it does")
        .anyMatch(line -> isCommands(line.logger()));
    assertNoSecretIsSeen();
  }

  @Test
  void noSecretIsInALogAtTraceIfCommandsAreNotTraced() throws Exception {
    logged.at(Level.TRACE).at(COMMANDS, Level.DEBUG);

    everything();

    assertNoSecretIsSeen();
  }

  /** What the documentation warns of. */
  @Test
  void tracedCommandsShowThePasswordOfRedis() throws Exception {
    logged.at(COMMANDS, Level.TRACE);

    try (RedisServer server = RedisServer.start();
        RedisCache cache = RedisCache.connect(locked(server, "redis"))) {
      cache.sessions().epoch(UUID.randomUUID());
    }

    assertThat(logged.texts()).anyMatch(text -> text.contains(REDIS_PASSWORD));
  }

  private static boolean isCommands(String name) {
    return name.startsWith(COMMANDS + ".");
  }

  private void assertNoSecretIsSeen() {
    assertThat(secrets).hasSizeGreaterThan(18);
    assertThat(seen).hasSizeGreaterThan(20);
    logged.texts().forEach(seen::add);
    for (String secret : secrets) {
      assertThat(seen).noneMatch(text -> containsIgnoringCase(text, secret));
    }
  }

  private static boolean containsIgnoringCase(String text, String secret) {
    return text.toLowerCase(Locale.ROOT).contains(secret.toLowerCase(Locale.ROOT));
  }

  private void everything() throws Exception {
    try (RedisCluster cluster = RedisCluster.start(1, 0)) {
      RedisServer node = cluster.nodes().get(0);
      String uri = locked(node, "redis-cluster");
      wrongAddresses(node);
      try (RedisCache cache = RedisCache.connect(uri, TestRedis.PATIENT)) {
        seen.add(cache.toString() + TestRedis.PATIENT);
        AuthOnRedis service = new AuthOnRedis(cache);
        UUID user = logInRefreshAndOut(service);
        lookIntoRedis(node);
        seen.add(RedisCheck.on(cache).run().text() + cache.sessions().list(user));
        whatFails(service, node, cache);
      }
    }
  }

  /** Sets the password of a server; its address with the password. */
  private static String locked(RedisServer server, String scheme) {
    RedisClient client = RedisClient.create(server.uri());
    client.connect().sync().configSet("requirepass", REDIS_PASSWORD);
    client.shutdown();
    return scheme + "://:" + REDIS_PASSWORD + "@127.0.0.1:" + server.port();
  }

  private void wrongAddresses(RedisServer node) throws Exception {
    String host = "@127.0.0.1:" + node.port();
    for (String address :
        List.of(
            "redis-cluster://:" + WRONG_REDIS_PASSWORD + host,
            "redis://:" + WRONG_REDIS_PASSWORD + host,
            "redis://:" + REDIS_PASSWORD + host, // it is a Cluster
            "redis-sentinel://:" + REDIS_PASSWORD + host + "#main",
            "redis:/" + REDIS_PASSWORD + host)) {
      did(
          () -> {
            RedisCache.connect(address).close();
            return "connected";
          });
    }
  }

  private UUID logInRefreshAndOut(AuthOnRedis service) throws Exception {
    User ana = service.add(EMAIL, PASSWORD);
    secrets.add(ana.passwordHash());
    Authenticator auth = service.authenticator();
    LoggedIn in = planted((LoggedIn) did(() -> logIn(auth, PASSWORD, null)));
    Refreshed refreshed = (Refreshed) did(() -> auth.refresh(in.refreshToken()));
    secrets.add(refreshed.refreshToken());
    secrets.add(refreshed.accessToken().value());
    did(() -> auth.refresh(in.refreshToken())); // a repetition
    did(() -> auth.refresh("no token"));
    did(() -> logIn(auth, WRONG_PASSWORD, in.deviceProof()));
    LoggedIn second = planted((LoggedIn) did(() -> logIn(auth, PASSWORD, in.deviceProof())));
    Refreshed third = (Refreshed) did(() -> auth.refresh(refreshed.refreshToken()));
    secrets.add(third.refreshToken());
    did(() -> auth.refresh(in.refreshToken())); // an old one: the session ends
    Changed changed =
        (Changed)
            did(
                () ->
                    auth.changePassword(
                        new PasswordChange(
                            second.accessToken().claims(),
                            PASSWORD,
                            NEW_PASSWORD,
                            AuthOnRedis.ADDRESS,
                            second.deviceProof())));
    secrets.add(changed.refreshToken());
    secrets.add(changed.accessToken().value());
    secrets.add(service.user(ana.id()).passwordHash());
    planted((LoggedIn) did(() -> logIn(auth, NEW_PASSWORD, null)));
    did(
        () -> {
          auth.logOut(changed.refreshToken());
          return "logged out";
        });
    did(() -> auth.sessions(ana.id()));
    seen.add(service.service().toString() + auth);
    return ana.id();
  }

  private static Object logIn(Authenticator auth, String password, String proof) {
    return auth.logIn(AuthOnRedis.request(EMAIL, password, proof));
  }

  private LoggedIn planted(LoggedIn in) {
    secrets.add(in.refreshToken());
    secrets.add(in.accessToken().value());
    secrets.add(in.deviceProof());
    return in;
  }

  /** All names and values. */
  private void lookIntoRedis(RedisServer node) {
    RedisClient client = RedisClient.create();
    RedisURI address =
        RedisURI.Builder.redis("127.0.0.1", node.port())
            .withPassword(REDIS_PASSWORD.toCharArray())
            .build();
    try {
      RedisCommands<String, String> commands = client.connect(address).sync();
      List<String> keys = commands.keys("*");
      assertThat(keys)
          .as("sessions, their list, limits, revocations")
          .hasSizeGreaterThanOrEqualTo(4);
      for (String key : keys) {
        seen.add(
            switch (commands.type(key)) {
              case "string" -> key + " " + commands.get(key);
              case "hash" -> key + " " + commands.hgetall(key);
              default -> key + " " + commands.zrange(key, 0, -1);
            });
      }
    } finally {
      client.shutdown();
    }
  }

  private void whatFails(AuthOnRedis service, RedisServer node, RedisCache cache) throws Exception {
    Authenticator auth = service.authenticator();
    LoggedIn in = planted((LoggedIn) did(() -> logIn(auth, NEW_PASSWORD, null)));
    node.kill();
    try (RedisCache impatient =
        RedisCache.connect(
            "redis-cluster://:" + REDIS_PASSWORD + "@127.0.0.1:" + node.port(),
            RedisOptions.DEFAULT)) {
      did(() -> impatient.sessions().epoch(UUID.randomUUID()));
    }
    await()
        .atMost(LIMIT)
        .until(
            () -> did(() -> auth.refresh(in.refreshToken())) == null); // it is not there any more
    did(() -> logIn(auth, NEW_PASSWORD, in.deviceProof()));
    did(() -> cache.revocations().since(null, 1));
    node.restart();
  }

  /** Does something, and looks at its answer or its exception. */
  private <T> T did(Callable<T> call) throws Exception {
    try {
      T answer = call.call();
      seen.add(String.valueOf(answer));
      return answer;
    } catch (TechCorpException e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      seen.add(trace.toString());
      return null;
    }
  }
}
