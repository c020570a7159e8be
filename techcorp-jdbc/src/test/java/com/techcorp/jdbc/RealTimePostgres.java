package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.Storage;
import com.techcorp.contracts.StorageUnderTest;
import java.time.Duration;
import java.util.Set;

/** A storage on a database of its own, which goes by the database's clock. */
final class RealTimePostgres implements StorageUnderTest {
  private final TestDatabase database = TestDatabase.fresh();

  /** Another one each time, as each process has its own. */
  @Override
  public Storage storage() {
    return PostgresStorage.builder(database.pool()).timeout(Duration.ofSeconds(1)).build();
  }

  @Override
  public void checkInvariants(boolean settled, Duration holdCap, Set<String> exemptRules) {
    InvariantReport report =
        InvariantCheck.on(database.pool()).withSettled(settled).withHoldCap(holdCap).run();
    assertThat(report.violations())
        .filteredOn(violation -> !exemptRules.contains(violation.rule()))
        .as(report.text())
        .isEmpty();
  }

  @Override
  public void close() {
    database.close();
  }
}
