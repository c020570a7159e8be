package com.techcorp.examples;

import com.techcorp.testkit.servers.PostgresOptions;
import com.techcorp.testkit.servers.PostgresServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The database that the demo works on, its pool, and the server if it is the demo's own. */
final class DemoDatabase implements AutoCloseable {
  /** The name of the database in a server of the demo's own. */
  static final String NAME = "shop";

  private final PostgresServer server;
  private final HikariDataSource pool;
  private final String description;
  private final Runnable afterPool;

  private DemoDatabase(
      PostgresServer server, HikariDataSource pool, String description, Runnable afterPool) {
    this.server = server;
    this.pool = pool;
    this.description = description;
    this.afterPool = afterPool;
  }

  /**
   * Opens a database.
   *
   * @param directory keeps a server of our own; null: see {@code name}
   * @param name a kept database of the server at TECHCORP_POSTGRES_URL; null: a fresh database
   *     there, or without that variable a server of our own in a temporary directory
   * @param connections the pool's size
   */
  static DemoDatabase open(@Nullable Path directory, @Nullable String name, int connections) {
    if (directory == null && given() != null) {
      return onGivenServer(name, connections);
    }
    PostgresOptions options = PostgresOptions.defaults();
    PostgresServer server =
        PostgresServer.start(directory == null ? options : options.directory(directory));
    createIfMissing(server.jdbcUrl("postgres"), NAME);
    String place =
        directory == null ? "a temporary directory" : directory.toAbsolutePath().toString();
    return new DemoDatabase(
        server,
        pool(server.jdbcUrl(NAME), connections),
        "PostgreSQL " + server.version() + ", a process of its own, data in " + place,
        server::close);
  }

  /** The address of a server that the environment names, or null. */
  static @Nullable String given() {
    String url = System.getenv(PostgresServer.URL_VARIABLE);
    return url == null || url.isBlank() ? null : url;
  }

  private static DemoDatabase onGivenServer(@Nullable String name, int connections) {
    PostgresServer server = PostgresServer.shared();
    if (name != null) {
      createIfMissing(String.valueOf(given()), name);
      return new DemoDatabase(
          server,
          pool(server.jdbcUrl(name), connections),
          "PostgreSQL " + server.version() + ", database " + name + ", which is kept",
          () -> {});
    }
    String fresh = server.createDatabase();
    return new DemoDatabase(
        server,
        pool(server.jdbcUrl(fresh), connections),
        "PostgreSQL " + server.version() + ", database " + fresh + ", dropped at the end",
        () -> server.dropDatabase(fresh));
  }

  private static void createIfMissing(String adminUrl, String name) {
    try (Connection connection = DriverManager.getConnection(adminUrl);
        PreparedStatement find =
            connection.prepareStatement("select from pg_database where datname = ?");
        Statement create = connection.createStatement()) {
      find.setString(1, name);
      if (!find.executeQuery().next()) {
        create.execute(
            "create database " + connection.createStatement().enquoteIdentifier(name, true));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(
          "Database " + name + " could not be created: " + e.getMessage(), e);
    }
  }

  private static HikariDataSource pool(String url, int connections) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(connections);
    config.setConnectionTimeout(10_000);
    config.setPoolName("techcorp-demo");
    return new HikariDataSource(config);
  }

  DataSource dataSource() {
    return pool;
  }

  String description() {
    return description;
  }

  /** Has an action run, and the database wait for it, when the JVM is told to end. */
  void beforeExit(Runnable action) {
    server.beforeExit(action);
  }

  @Override
  public void close() {
    pool.close();
    afterPool.run();
  }
}
