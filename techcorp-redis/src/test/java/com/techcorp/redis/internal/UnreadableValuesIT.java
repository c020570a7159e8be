package com.techcorp.redis.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.auth.spi.LoginLimits.Budget;
import com.techcorp.auth.spi.NewSession;
import com.techcorp.auth.spi.Rotation;
import com.techcorp.auth.spi.RotationResult;
import com.techcorp.auth.spi.SessionCreation;
import com.techcorp.auth.spi.SessionEpoch;
import com.techcorp.error.InvalidInputException;
import com.techcorp.redis.RedisOptions;
import com.techcorp.redis.TestRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody else, or a later version, has stored ends; it is never stuck. */
class UnreadableValuesIT {
  private static final String HASH = "h".repeat(43);
  private static final String USER = "01890a5d-ac96-774b-bcce-b302099a8057"; // stands for ours
  private static final Duration WEEK = Duration.ofDays(7);

  private final TestRedis redis = TestRedis.server();
  private final RedisOptions options = TestRedis.ownPrefix();
  private final RedisSessionStore store = new RedisSessionStore(redis.servers(), options);
  private final UUID user = UUID.randomUUID();
  private final UUID session = UUID.randomUUID();
  private final String sessionKey = options.prefix() + "session:" + session;
  private final String indexKey = options.prefix() + "user_sessions:" + user;

  @AfterEach
  void clear() {
    redis.clear(options);
  }

  static Stream<String> values() {
    String good =
        "{\"user_id\":\""
            + USER
            + "\",\"refresh_token\":\""
            + HASH
            + "\",\"created_at\":\"2024-06-15T11:00:00.123Z\",\"generation\":2,\"previous\":1,"
            + "\"rotated_at\":0,\"expires_at\":4102444800000,\"idle\":0,\"v\":1,"
            + "\"device_info\":{}}";
    return Stream.of(
        "",
        "{}",
        "null",
        "no JSON",
        "\u0000",
        "x".repeat(1 << 20),
        good.replace("\"v\":1", "\"v\":2"),
        good.replace("\"v\":1", "\"v\":1,\"new\":1"),
        good.replace("\"generation\":2", "\"generation\":12345678901234567890"),
        good.replace("\"generation\":2", "\"generation\":2147483647"),
        good.replace("\"generation\":2", "\"generation\":-2"),
        good.replace("\"generation\":2", "\"generation\":1"), // not above the previous one
        good.replace("\"generation\":2", "\"generation\":\"2\""),
        good.replace("\"expires_at\":4102444800000", "\"expires_at\":1e16"),
        good.replace("01890a5d-", "01890a5d"),
        good.replace("2024-06", "2024-99"),
        good.replace(HASH, ""),
        good.replace(",\"device_info\":{}", ""),
        good.replace("\"idle\":0,", ""),
        good.substring(0, good.length() - 2),
        " " + good,
        good + " ");
  }

  @ParameterizedTest
  @MethodSource("values")
  void aSessionThatIsNoneEnds(String value) {
    redis.commands().set(sessionKey, of(value));
    assertThat(rotate(2)).isEqualTo(new RotationResult.Unreadable());
    assertThat(redis.keys(options)).isEmpty();
    assertThat(rotate(2)).isEqualTo(new RotationResult.Gone());

    redis.commands().set(sessionKey, of(value));
    assertThat(store.find(session)).isEmpty();
    assertThat(redis.keys(options)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("values")
  void aListedSessionThatIsNoneEnds(String value) {
    logIn(session);
    redis.commands().set(sessionKey, of(value));
    assertThat(store.list(user)).isEmpty();
    assertThat(redis.keys(options)).isEmpty();

    logIn(session);
    redis.commands().set(sessionKey, of(value));
    store.endAll(user, null);
    assertThat(redis.commands().exists(sessionKey)).isZero();
    assertThat(store.list(user)).isEmpty();
  }

  @Test
  void whatIsNoTextEnds() {
    for (Runnable plant :
        List.<Runnable>of(
            () -> redis.commands().rpush(sessionKey, "a"),
            () -> redis.commands().hset(sessionKey, "a", "b"),
            () -> redis.commands().sadd(sessionKey, "a"))) {
      plant.run();
      assertThat(rotate(1)).isEqualTo(new RotationResult.Unreadable());
      plant.run();
      assertThat(store.find(session)).isEmpty();
      plant.run();
      store.end(user, session);
      assertThat(redis.keys(options)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1:2", "1:2:L", "1:99999999999999:X", "a:b:L"})
  void anEntryOfTheIndexThatIsNoneGoes(String entry) {
    redis.commands().hset(indexKey, UUID.randomUUID().toString(), entry);
    redis.commands().hset(indexKey, "next", "no number");

    logIn(session);

    assertThat(store.list(user)).hasSize(1);
    assertThat(redis.commands().hlen(indexKey)).isEqualTo(2); // the session and the next place
  }

  @Test
  void anEntryWithoutItsSessionGoes() {
    // given
    logIn(session);
    redis.commands().del(sessionKey);

    // when, then
    assertThat(store.list(user)).isEmpty();
    assertThat(redis.keys(options)).isEmpty();
  }

  @Test
  void anIndexThatIsNoneStopsNobody() {
    redis.commands().set(indexKey, "x");
    assertThat(store.epoch(user)).isEqualTo(new SessionEpoch(""));
    logIn(session);
    assertThat(store.list(user)).hasSize(1);
  }

  @Test
  void everyKeyHasATimeToLive() {
    logIn(session);
    logIn(UUID.randomUUID());
    rotate(1);
    store.endAll(user, session);
    RedisRevocations revocations = new RedisRevocations(redis.servers(), options);
    revocations.revokeSession(session, Duration.ofMinutes(31));
    new RedisLoginLimits(redis.servers(), options).take("a", new Budget(3, Duration.ofHours(1)));

    assertThat(redis.keys(options)).hasSize(4);
    assertThat(redis.keys(options))
        .allSatisfy(
            key ->
                assertThat(redis.commands().pttl(key))
                    .as(key)
                    .isBetween(1L, WEEK.plusMinutes(5).toMillis()));
    assertThat(redis.commands().pttl(sessionKey)).isLessThanOrEqualTo(WEEK.toMillis());
  }

  @Test
  void theStoredSessionHasNoMoreThanTheHash() {
    logIn(session);

    assertThat(redis.commands().get(sessionKey))
        .startsWith(
            "{\"user_id\":\"" + user + "\",\"refresh_token\":\"" + HASH + "\",\"created_at\":")
        .endsWith(",\"device_info\":{\"a\":1}}");
  }

  @Test
  void revocationsAndLimitsThatAreNoneStopNobody() {
    RedisRevocations revocations = new RedisRevocations(redis.servers(), options);
    RedisLoginLimits limits = new RedisLoginLimits(redis.servers(), options);
    Budget budget = new Budget(1, Duration.ofHours(1));
    redis.commands().set(options.prefix() + "revocations", "x");
    redis.commands().rpush(options.prefix() + "limit:a", "x");
    redis.commands().set(options.prefix() + "limit:b", "x");

    assertThat(revocations.since(null, 10).revocations()).isEmpty();
    revocations.revokeSession(session, Duration.ofMinutes(31));
    assertThat(revocations.since(null, 10).revocations()).hasSize(1);
    assertThat(limits.take("a", budget)).isEmpty();
    assertThat(limits.take("a", budget)).isPresent();
    assertThat(limits.take("b", budget)).isEmpty();
  }

  @Test
  void aRevocationOfALaterVersionIsSkipped() {
    RedisRevocations revocations = new RedisRevocations(redis.servers(), options);
    redis
        .commands()
        .zadd(options.prefix() + "revocations", System.currentTimeMillis(), "x:new:kind");
    revocations.revokeSession(session, Duration.ofMinutes(31));

    assertThat(revocations.since(null, 1).more()).isTrue();
    assertThat(revocations.since(null, 10).revocations()).hasSize(1);
  }

  @Test
  void halfASurrogatePairIsRefusedByName() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> store.create(newSession(session, "{\"a\":\"\uD800\"}"), epoch(), 100))
        .withMessageStartingWith("deviceInfo");
    assertThat(redis.keys(options)).isEmpty();
  }

  @Test
  void oneMegabyteComesBack() {
    String large = "{\"a\":\"" + "\u00E9".repeat(1 << 19) + "\"}";
    store.create(newSession(session, large), epoch(), 100);
    rotate(1);
    assertThat(store.find(session).orElseThrow().deviceInfo()).isEqualTo(large);
  }

  private String of(String value) {
    return value.replace(USER, user.toString());
  }

  private void logIn(UUID id) {
    assertThat(store.create(newSession(id, "{\"a\":1}"), epoch(), 100))
        .isInstanceOf(SessionCreation.Created.class);
  }

  private SessionEpoch epoch() {
    return store.epoch(user);
  }

  private NewSession newSession(UUID id, String device) {
    return new NewSession(id, user, HASH, device, Instant.now(), WEEK, null);
  }

  private RotationResult rotate(int generation) {
    return store.rotate(
        new Rotation(
            session,
            generation,
            new Rotation.Successors(HASH, generation + 1, HASH),
            Duration.ofSeconds(10),
            false));
  }
}
