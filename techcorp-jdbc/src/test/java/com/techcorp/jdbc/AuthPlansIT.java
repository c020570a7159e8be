package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.User;
import com.techcorp.auth.UserEvent;
import com.techcorp.auth.UserStatus;
import com.techcorp.auth.spi.KeyChange;
import com.techcorp.auth.spi.KeyTerms;
import com.techcorp.auth.spi.SigningKeyStore;
import com.techcorp.auth.spi.UserDirectory;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every statement on users, of whom there are many, and on signing keys goes by an index, told by
 * the plans that the server logs as it runs them.
 */
class AuthPlansIT {
  private static final SchemaNames NAMES = SchemaNames.DEFAULT.withAuthTables();

  /** A process reads all keys at once; an ended key stays, but there is hardly one a month. */
  private static final Pattern READS_ALL_KEYS =
      Pattern.compile("^select \\* from auth\\.signing_keys where dropped_at is (?:not )?null");

  private TestDatabase database;

  @BeforeEach
  void open() {
    database = PlanLog.database();
    PostgresStorage.migrate(database.pool(), NAMES);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void usersAreFoundByIndexes() {
    // given
    TestShop.execute(database, LargeTables.OF_USERS);

    // when
    List<LoggedPlan> plans = plansOf(storage -> logInAndChange(storage.users()));

    // then
    assertSent(
        plans,
        "insert into auth.users",
        "from auth.users where canonical_email",
        "from auth.users where id",
        "update auth.users",
        "insert into messaging.outbox");
    assertThat(plans)
        .filteredOn(plan -> plan.query().startsWith("update auth.users"))
        .as("a changed password, a disabled user")
        .hasSize(2);
    assertThat(plans).flatExtracting(LoggedPlan::scans).isEmpty();
  }

  private static void logInAndChange(UserDirectory users) {
    Instant now = Instant.now();
    User user = new User(UUID.randomUUID(), "A", "a", "hash", UserStatus.ACTIVE, now, now);
    assertThat(users.add(user)).isTrue();
    assertThat(users.findByEmail("a")).isPresent();
    User read = users.find(user.id()).orElseThrow();
    UserEvent changed = UserEvent.passwordChanged(read.id(), null);
    assertThat(users.change(read, with(read, "other", UserStatus.ACTIVE), List.of(changed)))
        .isTrue();
    User again = users.find(user.id()).orElseThrow();
    UserEvent disabled = UserEvent.disabled(read.id());
    assertThat(users.change(again, with(again, "other", UserStatus.DISABLED), List.of(disabled)))
        .isTrue();
  }

  private static User with(User user, String hash, UserStatus status) {
    return new User(
        user.id(),
        user.email(),
        user.canonicalEmail(),
        hash,
        status,
        Instant.now(),
        user.createdAt());
  }

  @Test
  void signingKeysAreFoundByIndexes() {
    // given
    TestShop.execute(database, LargeTables.OF_SIGNING_KEYS);

    // when
    List<LoggedPlan> plans = plansOf(storage -> rotate(storage.signingKeys()));

    // then
    assertSent(
        plans,
        "insert into auth.signing_keys",
        "set state = 'ACTIVE'",
        "set state = 'RETIRED', retired_at =",
        "set wrapped_private_key = null, dropped_at =",
        "set state = 'RETIRED', wrapped_private_key = null",
        "where dropped_at is null",
        "where dropped_at is not null");
    assertThat(plans)
        .filteredOn(plan -> !READS_ALL_KEYS.matcher(plan.query()).find())
        .flatExtracting(LoggedPlan::scans)
        .isEmpty();
  }

  private static void rotate(SigningKeyStore keys) {
    KeyTerms terms = new KeyTerms(Duration.ofSeconds(1), Duration.ofSeconds(1));
    for (KeyChange change :
        List.of(
            new KeyChange.Add("first", "AAAA", "wrapped", terms),
            new KeyChange.Activate("first", null),
            new KeyChange.Add("second", "AAAA", "wrapped", terms),
            new KeyChange.Activate("second", "first"),
            new KeyChange.Drop("first"),
            new KeyChange.Remove("second"))) {
      assertThat(keys.change(change)).as(change.toString()).isTrue();
    }
    assertThat(keys.read().keys()).isEmpty();
    assertThat(keys.ended(10)).hasSize(10);
  }

  private List<LoggedPlan> plansOf(Consumer<PostgresStorage> work) {
    long before = PlanLog.position();
    try (HikariDataSource pool = PlanLog.pool(database, 2)) {
      work.accept(PostgresStorage.builder(pool).schemas(NAMES).build());
    }
    return PlanLog.since(before).stream().filter(LoggedPlan::isOfLibrary).toList();
  }

  /** Each statement ran, and so its plan is among those that are looked at. */
  private static void assertSent(List<LoggedPlan> plans, String... statements) {
    for (String statement : statements) {
      assertThat(plans)
          .extracting(LoggedPlan::query)
          .as(statement)
          .anyMatch(query -> query.contains(statement));
    }
  }
}
