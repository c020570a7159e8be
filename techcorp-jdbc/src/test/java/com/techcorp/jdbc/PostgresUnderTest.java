package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.Storage;
import com.techcorp.contracts.SteppedStorage;
import com.techcorp.testkit.SteppedClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** A storage on PostgreSQL whose time a test steps. */
final class PostgresUnderTest implements SteppedStorage {
  private static @Nullable TestDatabase shared;

  private final SteppedClock clock = SteppedClock.create();
  private final TestDatabase database;
  private final boolean own;
  private final Storage storage;

  private PostgresUnderTest(TestDatabase database, boolean own) {
    this.database = database;
    this.own = own;
    this.storage = PostgresStorage.builder(database.pool()).clock(clock).build();
  }

  /** On the database that the tests of this JVM use in turn, without a row. */
  static PostgresUnderTest emptied() {
    return new PostgresUnderTest(shared().emptied(), false);
  }

  /** On a database of its own, for tests that may leave a session behind. */
  static PostgresUnderTest fresh() {
    return new PostgresUnderTest(TestDatabase.fresh(), true);
  }

  private static synchronized TestDatabase shared() {
    TestDatabase open = shared;
    if (open == null) {
      open = TestDatabase.fresh();
      shared = open;
    }
    return open;
  }

  @Override
  public Storage storage() {
    return storage;
  }

  @Override
  public SteppedClock clock() {
    return clock;
  }

  @Override
  public void checkInvariants(boolean settled, Duration holdCap, Set<String> exemptRules) {
    InvariantReport report =
        InvariantCheck.on(database.pool())
            .withSettled(settled)
            .withHoldCap(holdCap)
            .withNow(clock.instant())
            .run();
    assertThat(report.violations())
        .filteredOn(violation -> !exemptRules.contains(violation.rule()))
        .as(report.text())
        .isEmpty();
  }

  /** Every row of every table, as text. */
  @Override
  public String dump() {
    return Jdbi.create(database.pool())
        .withHandle(
            handle -> {
              List<String> tables =
                  handle
                      .createQuery(
                          """
                          select format('%I.%I', table_schema, table_name)
                          from information_schema.tables
                          where table_type = 'BASE TABLE'
                            and table_schema not in ('pg_catalog', 'information_schema')
                          """)
                      .mapTo(String.class)
                      .list();
              StringBuilder text = new StringBuilder();
              for (String table : tables) {
                handle
                    .createQuery("select t::text from " + table + " t")
                    .mapTo(String.class)
                    .forEach(text::append);
              }
              return text.toString();
            });
  }

  @Override
  public void close() {
    if (own) {
      database.close();
    }
  }
}
