package com.techcorp.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.auth.spi.LoginLimits.Budget;
import com.techcorp.auth.spi.NewSession;
import com.techcorp.auth.spi.SessionCreation;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.inventory.Reservation;
import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.StockLevel;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.MovementType;
import com.techcorp.inventory.spi.StockLedger;
import com.techcorp.redis.RedisReport.Checked;
import com.techcorp.servers.redis.RedisServer;
import com.techcorp.storage.WriteSet;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.SteppedClock;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plants what each rule must find. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RedisCheckIT {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Budget BUDGET = new Budget(3, Duration.ofHours(1));
  private static final String HASH = "h".repeat(43);

  /** As RefreshTokens derives them: the version 1, and 56 other bytes. */
  private static final String REFRESH_TOKEN = "AQ" + "x-_9".repeat(18) + "ab";

  private static final String ACCESS_TOKEN =
      "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbmEifQ." + "s".repeat(342);

  private TestRedis redis = TestRedis.server();
  private RedisOptions options = TestRedis.ownPrefix();
  private RedisCache cache = RedisCache.connect(redis.uri(), options);
  private final UUID user = UUID.randomUUID();

  @AfterEach
  void clear() {
    redis.clear(options);
    cache.close();
  }

  private void use(TestRedis other, RedisOptions others) {
    cache.close();
    redis = other;
    options = others;
    cache = RedisCache.connect(redis.uri(), options);
  }

  @Test
  void whatTheLibraryWritesIsClean() {
    UUID kept = logIn("{\"a\":[]}");
    logIn("{}");
    cache.sessions().end(user, logIn("{}"));
    cache.sessions().endAll(user, kept);
    cache.loginLimits().take("account", BUDGET);
    cache.revocations().revokeSession(UUID.randomUUID(), Duration.ofMinutes(31));

    RedisReport report = check();

    assertThat(report.rules()).allSatisfy(rule -> assertThat(rule.violations()).isEmpty());
    assertThat(report.isClean()).isTrue();
    assertThat(report.scope())
        .containsExactly(
            Map.entry("sessions", 1L),
            Map.entry("lists of sessions", 1L),
            Map.entry("limits", 1L),
            Map.entry("sets of revocations", 1L));
    assertThat(report.text()).endsWith("5 rules checked: clean\n");
  }

  @Test
  void aSessionWithoutATimeToLiveIsFound() {
    UUID session = logIn("{}");
    redis.commands().persist(key(session));

    assertThat(found(check())).containsExactly("session-ends-in-time");
    assertThat(check().text())
        .contains("! " + key(session) + " has no time to live")
        .endsWith("5 rules checked: 1 violations\n");
  }

  @Test
  void aSessionThatLivesForMoreThanSevenDaysIsFound() {
    UUID session = logIn("{}");
    redis.commands().pexpire(key(session), WEEK.plusHours(1).toMillis());

    assertThat(found(check())).containsExactly("session-ends-in-time");
  }

  @Test
  void theLifetimeIsAnOption() {
    logIn("{}");

    assertThat(found(RedisCheck.on(cache).withLifetime(WEEK.minusHours(1)).run()))
        .containsExactly("session-ends-in-time");
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> RedisCheck.on(cache).withLifetime(WEEK.plusHours(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"user_sessions:", "limit:account", "revocations"})
  void anyOtherKeyWithoutATimeToLiveIsFound(String name) {
    logIn("{}");
    cache.loginLimits().take("account", BUDGET);
    cache.revocations().revokeSession(UUID.randomUUID(), Duration.ofMinutes(31));
    redis.commands().persist(options.prefix() + name + (name.endsWith(":") ? user : ""));

    assertThat(found(check())).containsExactly("key-has-time-to-live");
  }

  static Stream<String> tokens() {
    return Stream.of(REFRESH_TOKEN, ACCESS_TOKEN);
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void aTokenInASessionIsFoundAndNotShown(String token) {
    logIn("{\"cookie\":\"" + token + "\"}");

    RedisReport report = check();

    assertThat(found(report)).containsExactly("no-token-is-stored");
    assertThat(report.text()).doesNotContain(token);
    assertThat(report.toString()).doesNotContain(token);
  }

  @Test
  void aSessionWithSomethingElseThanAHashIsFound() {
    UUID session = logIn("{}");
    String value = redis.commands().get(key(session));
    redis.commands().set(key(session), value.replace(HASH, "t0ken"), SetArgs.Builder.keepttl());

    assertThat(found(check())).containsExactly("no-token-is-stored");
  }

  @Test
  void aTokenInAnyOtherPlaceIsFoundAndNotShown() {
    cache.revocations().revokeSession(UUID.randomUUID(), Duration.ofMinutes(31));
    cache.loginLimits().take(REFRESH_TOKEN, BUDGET);
    logIn("{}");
    redis.commands().zadd(options.prefix() + "revocations", 1, "s:" + REFRESH_TOKEN);
    redis.commands().hset(options.prefix() + "user_sessions:" + user, "epoch", ACCESS_TOKEN);

    RedisReport report = check();

    assertThat(rule(report, "no-token-is-stored").total()).isEqualTo(3);
    assertThat(report.text())
        .contains("limit:*** has a name that looks like a token")
        .doesNotContain(REFRESH_TOKEN, ACCESS_TOKEN);
  }

  @Test
  void anEntryWithoutItsSessionIsFound() {
    logIn("{}");
    UUID session = logIn("{}");
    redis.commands().del(key(session));

    assertThat(found(check())).containsExactly("entry-has-session");
    assertThat(check().text()).contains(" has session " + session + ", which is gone");
    assertThat(RedisCheck.on(cache).withIdleTimeOut(true).run().isClean()).isTrue();
  }

  @Test
  void anEntryOutlastsItsSessionByALittle() {
    UUID session = UUID.randomUUID();
    SessionStore sessions = cache.sessions();
    sessions.create(
        new NewSession(session, user, HASH, "{}", Instant.now(), Duration.ofMillis(1), null),
        sessions.epoch(user),
        100);
    redis.commands().del(key(session));

    assertThat(
            redis
                .commands()
                .hexists(options.prefix() + "user_sessions:" + user, session.toString()))
        .isTrue();
    assertThat(check().isClean()).isTrue();
  }

  @Test
  void aSessionWithoutItsEntryIsFound() {
    UUID session = logIn("{}");
    redis.commands().hdel(options.prefix() + "user_sessions:" + user, session.toString());

    assertThat(found(check())).containsExactly("session-is-listed");
    assertThat(check().text()).contains(key(session) + " is not in the list of user " + user);
  }

  @Test
  void aLoginThatIsUnderWayIsClean() {
    UUID session = logIn("{}");
    String unconfirmed =
        redis.commands().get(key(session)).replaceFirst("\"expires_at\":\\d+", "\"expires_at\":0");
    redis.commands().set(key(session), unconfirmed, SetArgs.Builder.px(90_000));
    redis.commands().hdel(options.prefix() + "user_sessions:" + user, session.toString());

    assertThat(check().isClean()).isTrue();
  }

  @Test
  void whatIsAboutToChangeIsLookedAtAgain() throws Exception {
    UUID session = logIn("{}");
    redis.commands().del(key(session));
    Thread end =
        new Thread(
            () -> cache.sessions().list(user)); // removes the entry, as an end does in its course
    end.start();

    RedisReport report = RedisCheck.on(cache).withSlack(Duration.ofSeconds(2)).run();

    end.join();
    assertThat(report.isClean()).isTrue();
  }

  @Test
  void aCounterThatDiffersFromTheStockIsFound() {
    MemoryStorage storage = MemoryStorage.create(SteppedClock.create());
    UUID right = stocked(storage);
    UUID wrong = stocked(storage);
    Map<UUID, StockCount> stock = storage.stock().counts(List.of(right, wrong));
    cache.counters().write(List.copyOf(stock.values()));
    assertThat(found(check(storage.stock()))).isEmpty();
    StockCount planted = new StockCount(wrong, 99, stock.get(wrong).version());
    cache.counters().replace(stock.get(wrong), planted);

    RedisReport report = check(storage.stock());

    assertThat(found(report)).containsExactly("counter-equals-stock");
    assertThat(report.scope()).containsEntry("products", 2L);
    assertThat(report.text())
        .contains("! WRONG " + wrong + " counter 99 at ")
        .endsWith("6 rules checked: 1 violations\n");
    assertThat(found(check())).as("without a stock").isEmpty();
  }

  @Test
  void aCounterWhoseWriteIsUnderWayIsClean() {
    MemoryStorage storage = MemoryStorage.create(SteppedClock.create());
    UUID product = stocked(storage);
    // The counter of the first look has been read when the ledger is asked again.
    StockLedger ledger =
        new LedgerThatIsAsked(
            storage.stock(),
            () ->
                cache
                    .counters()
                    .write(List.copyOf(storage.stock().counts(List.of(product)).values())));

    assertThat(found(check(ledger))).isEmpty();
  }

  @Test
  void itReadsAllPagesOfALongList() {
    for (int i = 0; i < 1_200; i++) {
      redis.commands().zadd(options.prefix() + "revocations", i, "s:" + REFRESH_TOKEN + ":" + i);
    }
    redis.commands().expire(options.prefix() + "revocations", Duration.ofMinutes(31));

    RedisReport report = check();

    assertThat(found(report)).containsExactly("no-token-is-stored");
    assertThat(rule(report, "no-token-is-stored").total()).as("one a page").isGreaterThan(1);
  }

  @Test
  void itReadsAllKeysWithASmallQueueAndNamesAFew() {
    List<UUID> sessions = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      sessions.add(logIn("{}"));
    }
    sessions.forEach(session -> redis.commands().persist(key(session)));
    redis.commands().set("foreign-" + options.prefix(), REFRESH_TOKEN);
    use(redis, options.withRequestQueue(8));

    Checked rule = rule(check(), "session-ends-in-time");
    redis.commands().del("foreign-" + options.prefix());

    assertThat(rule.total()).isBetween(250L, 260L); // Redis may name a key twice
    assertThat(rule.violations()).hasSize(RedisReport.NAMED);
    assertThat(check().text()).contains("! and 2");
  }

  @Test
  void eachMasterOfAClusterIsRead() {
    use(TestRedis.cluster(), TestRedis.ownPrefix());
    Set<String> planted = new TreeSet<>();
    for (int i = 0; i < 15; i++) {
      UUID session = logIn("{}");
      redis.commands().persist(key(session));
      planted.add(key(session) + " has no time to live");
    }
    UUID gone = logIn("{}");
    redis.commands().del(key(gone));

    RedisReport report = check();

    assertThat(new TreeSet<>(rule(report, "session-ends-in-time").violations())).isEqualTo(planted);
    assertThat(rule(report, "entry-has-session").total()).isEqualTo(1);
    assertThat(report.scope()).containsEntry("sessions", 15L);
  }

  @Test
  void theMasterUnderSentinelIsRead() {
    use(TestRedis.sentinel(), TestRedis.ownPrefix());
    UUID session = logIn("{}");
    assertThat(check().isClean()).isTrue();
    redis.commands().persist(key(session));

    assertThat(found(check())).containsExactly("session-ends-in-time");
  }

  @Test
  void aServerThatIsAwayIsUnavailable() {
    try (RedisServer server = RedisServer.start();
        RedisCache other = RedisCache.connect(server.uri())) {
      server.kill();

      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(() -> RedisCheck.on(other).run());
    }
  }

  private RedisReport check() {
    return RedisCheck.on(cache).withSlack(Duration.ZERO).run();
  }

  private RedisReport check(StockLedger ledger) {
    return RedisCheck.on(cache).withSlack(Duration.ZERO).withStock(ledger).run();
  }

  private static UUID stocked(MemoryStorage storage) {
    UUID product = UUID.randomUUID();
    StockEffect goods = new StockEffect.Restock(product, 5, MovementType.RECEIPT);
    storage.unitOfWork().commit(null, List.of(WriteSet.of(UUID.randomUUID(), goods)));
    return product;
  }

  /** Something happens whenever single counts are asked for. */
  private record LedgerThatIsAsked(StockLedger inner, Runnable meanwhile) implements StockLedger {
    @Override
    public Map<UUID, StockLevel> levels(Collection<UUID> products) {
      return inner.levels(products);
    }

    @Override
    public Map<UUID, StockCount> counts(Collection<UUID> products) {
      meanwhile.run();
      return inner.counts(products);
    }

    @Override
    public List<StockCount> countsAfter(UUID after, int most) {
      return inner.countsAfter(after, most);
    }

    @Override
    public List<Reservation> reservations(UUID orderId) {
      return inner.reservations(orderId);
    }
  }

  private static List<String> found(RedisReport report) {
    return report.rules().stream()
        .filter(rule -> rule.total() > 0)
        .map(RedisReport.Checked::rule)
        .toList();
  }

  private static Checked rule(RedisReport report, String name) {
    return report.rules().stream()
        .filter(rule -> rule.rule().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private String key(UUID session) {
    return options.prefix() + "session:" + session;
  }

  private UUID logIn(String device) {
    UUID id = UUID.randomUUID();
    NewSession session = new NewSession(id, user, HASH, device, Instant.now(), WEEK, null);
    SessionStore sessions = cache.sessions();
    assertThat(sessions.create(session, sessions.epoch(user), 1_000))
        .isInstanceOf(SessionCreation.Created.class);
    return id;
  }
}
