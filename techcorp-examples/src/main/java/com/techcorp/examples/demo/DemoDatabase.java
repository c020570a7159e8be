package com.techcorp.examples.demo;

import com.techcorp.servers.postgres.PostgresOptions;
import com.techcorp.servers.postgres.PostgresServer;
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
  private final String url;
  private final HikariDataSource pool;
  private final String description;
  private final boolean exclusive;
  private final Runnable afterPool;

  private DemoDatabase(
      PostgresServer server,
      String url,
      int connections,
      String description,
      boolean exclusive,
      Runnable afterPool) {
    this.server = server;
    this.url = url;
    this.pool = pool(url, connections, DemoShop.name(ProcessHandle.current().pid()));
    this.description = description;
    this.exclusive = exclusive;
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
    PostgresOptions options = PostgresOptions.DEFAULT;
    PostgresServer server =
        PostgresServer.start(directory == null ? options : options.withDirectory(directory));
    createIfMissing(server.jdbcUrl("postgres"), NAME);
    String place =
        directory == null ? "a temporary directory" : directory.toAbsolutePath().toString();
    return new DemoDatabase(
        server,
        server.jdbcUrl(NAME),
        connections,
        "PostgreSQL " + server.version() + ", a process of its own, data in " + place,
        true,
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
          server.jdbcUrl(name),
          connections,
          "PostgreSQL " + server.version() + ", database " + name + ", which is kept",
          false,
          () -> {});
    }
    String fresh = server.createDatabase();
    return new DemoDatabase(
        server,
        server.jdbcUrl(fresh),
        connections,
        "PostgreSQL " + server.version() + ", database " + fresh + ", dropped at the end",
        true,
        () -> server.dropDatabase(fresh));
  }

  private static void createIfMissing(String adminUrl, String name) {
    try (Connection connection = DriverManager.getConnection(adminUrl);
        PreparedStatement find =
            connection.prepareStatement("select from pg_database where datname = ?");
        Statement create = connection.createStatement()) {
      find.setString(1, name);
      if (!find.executeQuery().next()) {
        create.execute("create database " + create.enquoteIdentifier(name, true));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(
          "Database " + name + " could not be created: " + e.getMessage(), e);
    }
  }

  /** A pool whose sessions tell the database whose they are. */
  static HikariDataSource pool(String url, int connections, String application) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(connections);
    config.setConnectionTimeout(10_000);
    config.setPoolName("techcorp-demo");
    config.addDataSourceProperty("ApplicationName", application);
    return new HikariDataSource(config);
  }

  /** Its address, for another process; may hold a password. */
  String url() {
    return url;
  }

  DataSource dataSource() {
    return pool;
  }

  String description() {
    return description;
  }

  /** Whether nobody else can be working on it: the server is ours. */
  boolean exclusive() {
    return exclusive;
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
