package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.Storage;
import com.techcorp.contracts.OrderCrashContract;
import com.techcorp.testkit.SteppedClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The points of every plot on PostgreSQL; the whole check of the invariants after each play. */
@Tag("slow")
class PostgresOrderCrashIT extends OrderCrashContract {
  private final SteppedClock clock = SteppedClock.create();
  private TestDatabase database;
  private Storage storage;

  @BeforeAll
  void open() {
    database = TestDatabase.fresh();
    storage = PostgresStorage.builder(database.pool()).clock(clock).build();
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Override
  protected Storage storage() {
    return storage;
  }

  @Override
  protected SteppedClock clock() {
    return clock;
  }

  @Override
  protected int oneOf() {
    return 40;
  }

  /** All are played in memory; here they would take hours. */
  @Override
  protected int livingSoakOneOf() {
    return 10;
  }

  /** The ten thousand are played in memory. */
  @Override
  protected int soakPairs() {
    return 200;
  }

  @Override
  protected void checkInvariants() {
    InvariantReport report =
        InvariantCheck.on(database.pool())
            .settled(true)
            .holdCap(Duration.ofSeconds(5))
            .at(clock.instant())
            .run();
    assertThat(report.violations()).as(report.text()).isEmpty();
  }
}
