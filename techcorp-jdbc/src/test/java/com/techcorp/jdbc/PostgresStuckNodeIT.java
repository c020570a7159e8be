package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.Storage;
import com.techcorp.contracts.StuckNodeContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** Two processes on one database, one of which is stuck. */
class PostgresStuckNodeIT extends StuckNodeContract {
  private final TestDatabase database = TestDatabase.fresh();

  @Override
  protected Storage storage() {
    return PostgresStorage.builder(database.pool()).timeout(Duration.ofSeconds(1)).build();
  }

  @AfterEach
  void booksBalance() {
    InvariantReport report = InvariantCheck.on(database.pool()).run();
    assertThat(report.isClean()).as(report::text).isTrue();
    database.close();
  }
}
