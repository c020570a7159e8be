package com.techcorp.jdbc;

import com.techcorp.contracts.UserDirectoryContracts;
import com.techcorp.contracts.UserDirectoryUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Users on PostgreSQL. */
class PostgresUserDirectoryIT extends UserDirectoryContracts {
  private static TestDatabase database;

  @BeforeAll
  static void create() {
    database = TestDatabase.fresh();
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @Override
  protected UserDirectoryUnderTest open() {
    PostgresStorage storage =
        PostgresStorage.builder(database.emptied().pool())
            .schemas(SchemaNames.DEFAULT.withAuthTables())
            .build();
    return UserDirectoryUnderTest.of(storage.users(), storage);
  }
}
