package com.techcorp.jdbc;

import com.techcorp.jdbc.internal.schema.Migration;
import com.techcorp.servers.postgres.PostgresServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.jdbi.v3.core.Jdbi;

/** A migrated database of its own for each test class, cloned from one that was migrated once. */
final class TestDatabase implements AutoCloseable {
  /** As it is right after the migration: without rows. */
  private static final String EMPTY =
      """
      do $$
      declare
        of_test text;
      begin
        set local session_replication_role = replica;
        for of_test in
          select format('%%I.%%I', table_schema, table_name) from information_schema.tables
          where table_type = 'BASE TABLE' and table_name not in ('%s', '%s', '%s', '%s')
            and table_schema not in ('pg_catalog', 'information_schema')
        loop
          execute 'delete from ' || of_test;
        end loop;
      end $$
      """
          .formatted(
              Migration.ENGINE.history(),
              Migration.HOST_TABLES.history(),
              Migration.AUTH_TABLES.history(),
              Migration.SEARCH_TABLES.history());

  private static String template = "";

  private final PostgresServer server;
  private final String name;
  private final HikariDataSource pool;

  private TestDatabase(PostgresServer server, String name) {
    this.server = server;
    this.name = name;
    this.pool = pool(server, name, 16);
  }

  static TestDatabase fresh() {
    return freshOn(PostgresServer.shared());
  }

  private static synchronized TestDatabase freshOn(PostgresServer server) {
    if (template.isEmpty()) {
      String migrated = server.createDatabase();
      try (HikariDataSource once = pool(server, migrated, 2)) {
        PostgresStorage.migrate(
            once, SchemaNames.DEFAULT.withHostTables().withAuthTables().withSearchTables());
      }
      template = migrated;
    }
    return new TestDatabase(server, server.createDatabase(template));
  }

  /** Without any schema. */
  static TestDatabase unmigrated() {
    PostgresServer server = PostgresServer.shared();
    return new TestDatabase(server, server.createDatabase());
  }

  /** On a server of its own, for tests that kill it or read its log. */
  static TestDatabase on(PostgresServer server) {
    String name = server.createDatabase();
    TestDatabase database = new TestDatabase(server, name);
    PostgresStorage.migrate(database.pool);
    return database;
  }

  static HikariDataSource pool(PostgresServer server, String database, int size) {
    return pool(server.jdbcUrl(database), size);
  }

  static HikariDataSource pool(String url, int size) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(Math.min(size, 2)); // most tests need few, and each costs its start
    config.setConnectionTimeout(5_000);
    return new HikariDataSource(config);
  }

  HikariDataSource pool() {
    return pool;
  }

  /**
   * The same, without a row: for many short tests one after the other, of which none leaves anybody
   * behind. A database and sessions of its own would cost each more than it takes.
   */
  TestDatabase emptied() {
    Jdbi.create(pool).useTransaction(handle -> handle.createUpdate(EMPTY).execute());
    return this;
  }

  String url() {
    return server.jdbcUrl(name);
  }

  @Override
  public void close() {
    pool.close();
    server.dropDatabase(name);
  }
}
