package com.techcorp.jdbc;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.jdbc.InvariantPlants.Plant;
import com.techcorp.jdbc.InvariantReport.Checked;
import com.techcorp.jdbc.InvariantReport.Violation;
import com.techcorp.jdbc.internal.batch.Connections;
import com.techcorp.jdbc.internal.check.InvariantRule;
import com.techcorp.servers.postgres.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The checker passes a clean world, and finds every violation planted in it, alone. */
class InvariantCheckIT {
  static final List<Plant> PLANTS = InvariantPlants.all();

  private static final PostgresServer SERVER = PostgresServer.shared();
  private static String settled = "";
  private static String inFlight = "";
  private static Handle settledWorld;
  private static Handle inFlightWorld;

  /** When they were built: plants are checked as of then, however long the tests take. */
  private static Instant built = Instant.EPOCH;

  @BeforeAll
  static void buildWorlds() throws Exception {
    settled = SERVER.createDatabase();
    execute(
        settled,
        "create schema saga",
        SchemaNames.DEFAULT.resolve(
            InvariantPlants.read("/db/techcorp/engine/V1__orders_inventory_payments_saga.sql")),
        SchemaNames.DEFAULT.resolve(
            InvariantPlants.read("/db/techcorp/auth/V1__users_signing_keys.sql")),
        "create table saga.techcorp_auth_schema_history ()",
        InvariantPlants.read("world-functions.sql"),
        InvariantPlants.read("world-settled.sql"));
    inFlight = SERVER.createDatabase(settled);
    execute(inFlight, InvariantPlants.read("world-in-flight.sql"));
    settledWorld = open(settled);
    inFlightWorld = open(inFlight);
    built = Instant.now();
  }

  private static Handle open(String world) {
    return new Connections(database(world)).jdbi(Duration.ZERO, SchemaNames.DEFAULT).open();
  }

  @AfterAll
  static void dropWorlds() {
    settledWorld.close();
    inFlightWorld.close();
    SERVER.dropDatabase(settled);
    SERVER.dropDatabase(inFlight);
  }

  @Test
  void aCleanWorldIsClean() {
    InvariantReport report = InvariantCheck.on(database(inFlight)).withNow(built).run();

    assertThat(report.violations()).isEmpty();
    assertThat(report.isClean()).isTrue();
    assertThat(report.scope()).containsKeys("orders", "deliveries", "users", "signing keys");
    assertThat(report.scope().get("orders")).isPositive();
    assertThat(report.text()).contains("in flight").endsWith("rules checked: clean\n");
  }

  @Test
  void aSettledWorldIsCleanInBothModes() {
    InvariantCheck check = InvariantCheck.on(database(settled));

    assertThat(check.withSettled(true).run().violations()).isEmpty();
    assertThat(check.withSettled(false).run().violations()).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("PLANTS")
  @Tag("plants")
  void aPlantedViolationIsFoundByItsRuleAlone(Plant plant) throws SQLException {
    InvariantReport report = plantAndCheck(plant);

    assertThat(report.violations().stream().map(Violation::rule).collect(toSet()))
        .as(report::text)
        .containsExactly(plant.rule());
    assertThat(report.violations())
        .allSatisfy(
            found -> {
              assertThat(found.rule()).startsWith(found.invariant().toLowerCase(Locale.ROOT) + "-");
              assertThat(found.text())
                  .doesNotContain("null", "ada@", "tok_secret", "provider gone", "hunter2");
            });
  }

  @Test
  void everyShippedRuleIsCheckedAndHasAPlant() throws Exception {
    Set<String> checked = InvariantRule.all().stream().map(InvariantRule::name).collect(toSet());

    assertThat(shippedRules()).containsExactlyInAnyOrderElementsOf(checked);
    assertThat(PLANTS.stream().map(Plant::rule).collect(toSet())).isEqualTo(checked);
    assertThat(InvariantRule.all())
        .allSatisfy(
            rule ->
                assertThat(rule.name())
                    .startsWith(rule.invariant().toLowerCase(Locale.ROOT) + "-"));
  }

  @Test
  void everyInvariantThatASnapshotShowsHasARule() {
    assertThat(InvariantRule.all().stream().map(InvariantRule::invariant).collect(toSet()))
        .containsExactlyInAnyOrder("I1", "I2", "I3", "I4", "I5", "I6", "I8", "I9", "I13");
  }

  @Test
  void deadlinesAreCountedFromTheGivenInstant() {
    InvariantCheck check = InvariantCheck.on(database(inFlight));

    InvariantReport late = check.withNow(Instant.now().plus(Duration.ofHours(2))).run();
    InvariantReport patient = check.withSlack(Duration.ZERO).run();

    assertThat(rules(late))
        .containsExactlyInAnyOrder(
            "i3-owner-lease-stands",
            "i3-owned-saga-moves",
            "i3-due-saga-runs",
            "i5-outbox-drains",
            "i6-holds-expire",
            "i9-sending-is-decided");
    assertThat(rules(patient)).contains("i3-owner-lease-stands", "i3-due-saga-runs");
    assertThat(rules(check.withHoldCap(Duration.ofMinutes(1)).withNow(built).run()))
        .containsExactly("i6-holds-expire");
  }

  @Test
  void ordersMayHaveTheirStockInAnotherDatabase() throws SQLException {
    String without =
        "delete from inventory.reservations; delete from inventory.stock_movements;"
            + " delete from inventory.stock";
    settledWorld.begin();
    try (Statement statement = settledWorld.getConnection().createStatement()) {
      statement.execute(without);
      InvariantCheck check = InvariantCheck.on(database(settled)).withSettled(true);

      assertThat(rules(check.run(settledWorld))).containsExactly("i1-sold-item-is-confirmed");
      assertThat(check.withStockElsewhere(true).run(settledWorld).violations()).isEmpty();
    } finally {
      settledWorld.rollback();
    }
  }

  @Test
  void aDatabaseWhereNobodyLogsInIsCheckedWithoutUsersAndKeys() throws SQLException {
    settledWorld.begin();
    try (Statement statement = settledWorld.getConnection().createStatement()) {
      statement.execute("drop table saga.techcorp_auth_schema_history; drop schema auth cascade");

      InvariantReport report = InvariantCheck.on(database(settled)).run(settledWorld);

      assertThat(report.violations()).isEmpty();
      assertThat(report.scope()).containsKey("orders").doesNotContainKey("users");
      assertThat(report.rules())
          .extracting(Checked::invariant)
          .contains("I9")
          .doesNotContain("I13");
    } finally {
      settledWorld.rollback();
    }
  }

  @Test
  void aHostMayTellOfLoginsAndNotOfOrders() throws SQLException {
    settledWorld.begin();
    try (Statement statement = settledWorld.getConnection().createStatement()) {
      statement.execute("delete from notifications.delivery_log where stream_type = 'order'");
      InvariantCheck check = InvariantCheck.on(database(settled)).withSettled(true);

      assertThat(check.run(settledWorld).violations()).isEmpty();
    } finally {
      settledWorld.rollback();
    }
  }

  @Test
  void aReportNamesTwentyAndCountsAll() throws SQLException {
    String many =
        "insert into inventory.stock select gen_random_uuid(), 1, 0 from generate_series(1, 1234)";

    InvariantReport report = plantAndCheck(new Plant("i1-stock-equals-movements", "many", many));

    assertThat(report.total()).isEqualTo(1234);
    assertThat(report.violations()).hasSize(InvariantReport.NAMED);
    assertThat(report.text()).contains("! and 1,214 more", "1,234 violations");
  }

  @Test
  void aRoleThatMayOnlyReadIsEnough() throws Exception {
    String role = "reader_" + inFlight;
    execute(
        inFlight,
        "create role " + role + " login password 'reader'",
        "grant pg_read_all_data to " + role);
    PGSimpleDataSource reader = database(inFlight);
    reader.setUser(role);
    reader.setPassword("reader");
    try {
      assertThat(InvariantCheck.on(reader).withNow(built).run().isClean()).isTrue();
    } finally {
      execute(inFlight, "revoke pg_read_all_data from " + role, "drop role " + role);
    }
  }

  @Test
  void aDatabaseWithoutTablesSaysSo() {
    String empty = SERVER.createDatabase();

    assertThatThrownBy(() -> InvariantCheck.on(database(empty)).run())
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("\"saga\" does not exist")
        .hasMessageNotContaining("select"); // the database's own words, not the statement
    SERVER.dropDatabase(empty);
  }

  @Test
  void negativeDurationsAreRefused() {
    InvariantCheck check = InvariantCheck.on(database(settled));

    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> check.withSlack(Duration.ofMillis(-1)))
        .withMessage("InvariantCheck.slack must be zero or more, was -1 ms");
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> check.withHoldCap(Duration.ofMillis(-1)))
        .withMessage("InvariantCheck.holdCap must be zero or more, was -1 ms");
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> check.withTimeout(Duration.ZERO))
        .withMessage("InvariantCheck.timeout must be at least 1 ms, was 0 s");
  }

  /** Plants, checks in the same transaction, and takes all back. */
  private static InvariantReport plantAndCheck(Plant plant) throws SQLException {
    Handle world = plant.settled() ? settledWorld : inFlightWorld;
    world.begin();
    try (Statement statement = world.getConnection().createStatement()) {
      statement.execute(plant.sql());
      return InvariantCheck.on(database(inFlight))
          .withNow(built)
          .withSettled(plant.settled())
          .run(world);
    } finally {
      world.rollback();
    }
  }

  private static Set<String> rules(InvariantReport report) {
    return report.rules().stream()
        .filter(rule -> rule.total() > 0)
        .map(Checked::rule)
        .collect(toSet());
  }

  /** Read from the folder, or from the jar that failsafe tests. */
  private static Set<String> shippedRules() throws Exception {
    URI any = InvariantRule.class.getResource("invariants/i6-holds-expire.sql").toURI();
    if (!any.getScheme().equals("jar")) {
      return names(Path.of(any).getParent());
    }
    try (FileSystem jar = FileSystems.newFileSystem(any, Map.of())) {
      return names(jar.getPath("com/techcorp/jdbc/internal/check/invariants"));
    }
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString().replace(".sql", "")).collect(toSet());
    }
  }

  private static PGSimpleDataSource database(String name) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(SERVER.jdbcUrl(name));
    return dataSource;
  }

  private static void execute(String database, String... scripts) throws SQLException {
    try (Connection connection = database(database).getConnection();
        Statement statement = connection.createStatement()) {
      for (String script : scripts) {
        statement.execute(script);
      }
    }
  }
}
