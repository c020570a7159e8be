package com.techcorp.jdbc.internal.batch;

import com.techcorp.error.WiringException;
import com.techcorp.jdbc.SchemaNames;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Cleanable;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections on loan from the host's pool. Each gets a limit for the server's silence as long as
 * it is on loan, and goes back as it came. Thread-safe.
 *
 * <p>A connection that arrives with auto-commit off is refused: it may be in the middle of a
 * transaction of the host's, which the library would commit.
 */
public final class Connections {
  private static final Logger log = LoggerFactory.getLogger(Connections.class);
  private static final long ONE_EVICTION_NANOS = Duration.ofSeconds(1).toNanos();

  /** A driver may run what it has to do at once; pgjdbc only sets a socket option. */
  private static final Executor AT_ONCE = Runnable::run;

  private final DataSource dataSource;
  private final AtomicLong evicted = new AtomicLong(System.nanoTime() - ONE_EVICTION_NANOS);

  public Connections(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** A connection on loan, to be closed. */
  public record Lent(Connection connection, int restored) implements AutoCloseable {
    private static final int UNCHANGED = -1;

    /**
     * Returns the connection to its pool. Failures here do not matter: the work is decided, and the
     * pool has seen the error.
     */
    @Override
    public void close() {
      try (connection) {
        if (restored != UNCHANGED) {
          connection.setNetworkTimeout(AT_ONCE, restored);
        }
      } catch (SQLException e) {
        log.debug("A broken connection was given back", e);
      }
    }
  }

  /**
   * Borrows a connection for one transaction.
   *
   * @param silence how long an answer may take before the connection is given up
   * @throws com.techcorp.storage.UnitOfWork.NotWrittenException if there is none
   * @throws WiringException if it is not in auto-commit mode
   */
  public Lent open(Duration silence) {
    try {
      return limited(accepted(dataSource.getConnection()), silence);
    } catch (SQLException e) {
      throw Sql.noConnection(e);
    }
  }

  /** Returns a Jdbi on these connections, which opens and closes by itself. */
  public Jdbi jdbi(Duration silence, SchemaNames names) {
    Jdbi jdbi = Jdbi.create(lending(silence));
    jdbi.getConfig(SqlStatements.class).setTemplateEngine(new SchemaTemplates(names));
    return jdbi;
  }

  private ConnectionFactory lending(Duration silence) {
    return new ConnectionFactory() {
      @Override
      public Connection openConnection() throws SQLException {
        return accepted(dataSource.getConnection());
      }

      @Override
      public Cleanable getCleanableFor(Connection connection) {
        try {
          return limited(connection, silence)::close;
        } catch (SQLException e) {
          throw Sql.noConnection(e); // Jdbi closes the connection then
        }
      }
    };
  }

  private static Connection accepted(Connection connection) throws SQLException {
    boolean accepted = false;
    try {
      accepted = connection.getAutoCommit();
    } finally {
      if (!accepted) {
        connection.close();
      }
    }
    if (!accepted) {
      throw new WiringException(
          "the data source gave a connection with auto-commit off, and the library must not end a"
              + " transaction that is not its own: give PostgresStorage the pool itself, with"
              + " auto-commit on, and not a proxy that hands out the thread's transaction. To place"
              + " an order in your own transaction use placeWithin(storage.within(connection), …)");
    }
    return connection;
  }

  /**
   * Sets the network time-out unless the host's is stricter. A driver without this feature has
   * none.
   */
  private static Lent limited(Connection connection, Duration silence) throws SQLException {
    int millis = (int) Math.min(silence.toMillis(), Integer.MAX_VALUE);
    try {
      int was = connection.getNetworkTimeout();
      if (was > 0 && was <= millis) {
        return new Lent(connection, Lent.UNCHANGED);
      }
      connection.setNetworkTimeout(AT_ONCE, millis);
      return new Lent(connection, was);
    } catch (java.sql.SQLFeatureNotSupportedException e) {
      log.debug("The driver knows no network time-out", e);
      return new Lent(connection, Lent.UNCHANGED);
    }
  }

  /**
   * Has the pool throw away a connection whose session can no longer write, and looks at no other
   * error. A pool does not do that itself, because a read-only session looks healthy to it.
   *
   * @param connection on loan
   * @param fault what was thrown while it was used
   */
  void discardIfUseless(Connection connection, Throwable fault) {
    SQLException sql = Sql.in(fault);
    if (sql == null || !Sql.readOnly(sql)) {
      return;
    }
    log.warn("A session of PostgreSQL is read-only and is thrown away: {}", sql.getMessage());
    try {
      connection.abort(AT_ONCE);
      // Through the pool's own wrapper, which sees that the connection is gone, whatever pool it
      // is.
      connection.createStatement().close();
    } catch (SQLException e) {
      log.debug("The session is gone", e);
    }
    suspectAll();
  }

  /** Learns from an error about the other connections: a silent one is rarely the only one. */
  void heed(@Nullable SQLException fault) {
    if (fault != null && Sql.silent(fault)) {
      log.warn("PostgreSQL did not answer in time; the connection is given up", fault);
      suspectAll();
    }
  }

  /**
   * Has a HikariCP pool replace the connections that are idle now: it would try each one for
   * several seconds before it opens another. Other pools find out by themselves.
   */
  private void suspectAll() {
    long last = evicted.get();
    long now = System.nanoTime();
    if (now - last < ONE_EVICTION_NANOS || !evicted.compareAndSet(last, now)) {
      return;
    }
    try {
      if (dataSource.isWrapperFor(HikariDataSource.class)) {
        HikariPoolMXBean pool = dataSource.unwrap(HikariDataSource.class).getHikariPoolMXBean();
        if (pool != null) {
          pool.softEvictConnections();
        }
      }
    } catch (SQLException e) {
      log.debug("The data source does not say what it is", e);
    }
  }
}
