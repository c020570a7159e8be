package com.techcorp.jdbc.internal.check;

import com.techcorp.error.WiringException;
import com.techcorp.jdbc.SchemaNames;
import com.techcorp.jdbc.internal.batch.Connections;
import com.techcorp.jdbc.internal.batch.Sql;
import com.techcorp.jdbc.internal.batch.TransactionSetup;
import com.techcorp.jdbc.internal.schema.Migration;
import com.techcorp.saga.EngineOptions;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Reports at start-up what would fail later, and what to change. */
public final class StartCheck {
  /**
   * Connections other than those that commit: the heartbeat, the watchdog, two that claim and look
   * for outcomes, two of the outbox relay, one consumer, and one call of the host's. More threads
   * than these may ask for one at times, and then wait for each other; with fewer a lease might.
   * Stands in README.md, docs/getting-started.md and docs/scaling.md, too.
   */
  static final int OTHERS = 8;

  private static final int OLDEST_SERVER = 15;

  private final DataSource dataSource;
  private final Connections connections;
  private final SchemaNames schemas;
  private final Duration timeout;

  public StartCheck(
      DataSource dataSource, Connections connections, SchemaNames schemas, Duration timeout) {
    this.dataSource = dataSource;
    this.connections = connections;
    this.schemas = schemas;
    this.timeout = timeout;
  }

  public void run(EngineOptions engine) {
    checkTimeout(engine.lease());
    checkPool(engine.commitThreads() + OTHERS);
    try (Connections.Lent lent = connections.open(TransactionSetup.silence(timeout))) {
      Connection connection = lent.connection();
      int major = connection.getMetaData().getDatabaseMajorVersion();
      if (major < OLDEST_SERVER) {
        throw new WiringException("PostgreSQL " + major + " is too old: 15 to 18 are supported");
      }
      for (Migration migration : Migration.of(schemas)) {
        migration.requireDone(connection, schemas);
      }
    } catch (SQLException e) {
      throw Sql.translated(e);
    }
  }

  /** A paused process must lose its locks before it loses its lease. */
  private void checkTimeout(Duration lease) {
    if (TransactionSetup.silence(timeout).compareTo(lease) >= 0) {
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
}
