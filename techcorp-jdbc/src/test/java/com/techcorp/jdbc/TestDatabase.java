package com.techcorp.jdbc;

import com.techcorp.testkit.servers.PostgresServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** A migrated database of its own for each test class, cloned from one that was migrated once. */
final class TestDatabase implements AutoCloseable {
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
        PostgresStorage.migrate(once);
      }
      template = migrated;
    }
    return new TestDatabase(server, server.createDatabase(template));
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

  String url() {
    return server.jdbcUrl(name);
  }

  @Override
  public void close() {
    pool.close();
    server.dropDatabase(name);
  }
}
