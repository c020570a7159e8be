package com.techcorp.jdbc;

import com.techcorp.Storage;
import com.techcorp.testkit.SteppedClock;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A database of its own for a contract, whose clock only the contract moves. */
final class SteppedDatabase implements BeforeAllCallback, AfterAllCallback {
  private final SteppedClock clock = SteppedClock.create();
  private TestDatabase database;
  private Storage storage;

  @Override
  public void beforeAll(ExtensionContext context) {
    database = TestDatabase.fresh();
    storage = PostgresStorage.builder(database.pool()).clock(clock).build();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    database.close();
  }

  Storage storage() {
    return storage;
  }

  void advance(Duration step) {
    clock.advance(step);
  }
}
