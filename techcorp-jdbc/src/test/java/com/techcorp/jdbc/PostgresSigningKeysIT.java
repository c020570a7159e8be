package com.techcorp.jdbc;

import com.techcorp.auth.spi.SigningKeyStore;
import com.techcorp.contracts.SigningKeyStoreContracts;
import com.techcorp.contracts.SigningKeyStoreUnderTest;
import com.techcorp.testkit.SteppedClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The table of signing keys. */
class PostgresSigningKeysIT extends SigningKeyStoreContracts {
  private static final SchemaNames NAMES = SchemaNames.DEFAULT.withAuthTables();

  private static TestDatabase database;

  @BeforeAll
  static void opens() {
    database = TestDatabase.fresh();
  }

  @AfterAll
  static void drops() {
    database.close();
  }

  @Override
  protected SigningKeyStoreUnderTest open() {
    SteppedClock clock = SteppedClock.create();
    SigningKeyStore store =
        PostgresStorage.builder(database.emptied().pool())
            .schemas(NAMES)
            .clock(clock)
            .build()
            .signingKeys();
    return SigningKeyStoreUnderTest.of(store, clock);
  }
}
