package com.techcorp.jdbc;

import com.techcorp.error.WiringException;
import com.techcorp.saga.EngineOptions;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What would fail later is told at start-up, with what to change. */
final class StartCheck {
  /**
   * Beside those that commit: the heartbeat, the watchdog, two that claim and look for outcomes,
   * two of the outbox relay, one consumer, and one call of the host's. More threads than these may
   * ask for one at times, and then wait for each other; with fewer a lease might. Stands in
   * README.md, docs/getting-started.md and docs/scaling.md, too.
   */
  static final int OTHERS = 8;

  private static final int OLDEST_SERVER = 15;

  private final DataSource dataSource;
  private final Connections connections;
  private final Duration timeout;

  StartCheck(DataSource dataSource, Connections connections, Duration timeout) {
    this.dataSource = dataSource;
    this.connections = connections;
    this.timeout = timeout;
  }

  void run(EngineOptions engine) {
    checkTimeout(engine.lease());
    checkPool(engine.commitThreads() + OTHERS);
    try (Connections.Lent lent = connections.open(TransactionSettings.silence(timeout))) {
      Connection connection = lent.connection();
      int major = connection.getMetaData().getDatabaseMajorVersion();
      if (major < OLDEST_SERVER) {
        throw new WiringException("PostgreSQL " + major + " is too old: 15 to 18 are supported");
      }
      checkSchema(connection);
    } catch (SQLException e) {
      throw Sql.translated(e);
    }
  }

  /** A paused process must lose its locks before it loses its lease. */
  private void checkTimeout(Duration lease) {
    if (TransactionSettings.silence(timeout).compareTo(lease) >= 0) {
      throw new WiringException(
          "the storage's time-out of "
              + timeout
              + ", after which it waits 3/16 longer for an answer, is not shorter than the engine's"
              + " lease of "
              + lease
              + ": lower it with PostgresStorage.builder(dataSource).timeout(…), or raise the lease");
    }
  }

  private void checkPool(int needed) {
    if (dataSource instanceof HikariDataSource pool && pool.getMaximumPoolSize() < needed) {
      throw new WiringException(
          "the pool gives "
              + pool.getMaximumPoolSize()
              + " connections, the engine needs "
              + needed
              + " beside the host's own: raise maximumPoolSize, or lower commitThreads");
    }
  }

  private static void checkSchema(Connection connection) throws SQLException {
    String version = version(connection);
    if (!Schema.sufficient(version)) {
      String found = version == null ? "no schema" : "its schema at version " + version;
      throw new WiringException(
          "the database has "
              + found
              + ", this build needs version "
              + Schema.NEWEST
              + ": run PostgresStorage.migrate(dataSource) before start()");
    }
    try (Statement statement = connection.createStatement();
        ResultSet first =
            statement.executeQuery(
                "select checksum from public.techcorp_schema_history"
                    + " where version = '1' and success")) {
      if (first.next()) {
        Schema.requireReleased(first.getInt(1));
      }
    }
  }

  private static @Nullable String version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet there =
          statement.executeQuery("select to_regclass('public.techcorp_schema_history')")) {
        there.next();
        if (there.getString(1) == null) {
          return null;
        }
      }
      try (ResultSet rows =
          statement.executeQuery(
              "select version from public.techcorp_schema_history where success"
                  + " and version is not null order by installed_rank desc limit 1")) {
        return rows.next() ? rows.getString(1) : null;
      }
    }
  }
}
