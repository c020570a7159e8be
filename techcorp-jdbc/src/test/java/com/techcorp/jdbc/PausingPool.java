package com.techcorp.jdbc;

import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;

/**
 * A test database's pool that can pause its process in the middle of a transaction until the server
 * has ended it: in a batch of two round trips, before the one that commits.
 */
final class PausingPool implements DataSource {
  private final DataSource pool;
  private final AtomicBoolean pause = new AtomicBoolean();
  private final AtomicReference<String> reported = new AtomicReference<>();

  PausingPool(TestDatabase database) {
    this.pool = database.pool();
  }

  void pauseBeforeNextCommit() {
    pause.set(true);
  }

  /** The SQLSTATE of what the paused statement met; null if none was paused. */
  String reported() {
    return reported.get();
  }

  int serverVersion() {
    try (Connection connection = pool.getConnection()) {
      return connection.getMetaData().getDatabaseMajorVersion();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = pool.getConnection();
    return PlainPool.proxy(
        Connection.class,
        (method, args) -> {
          Object answer = PlainPool.call(connection, method, args);
          return answer instanceof PreparedStatement statement && committing(args)
              ? PlainPool.proxy(
                  PreparedStatement.class,
                  (call, with) -> paused(connection, statement, call, with))
              : answer;
        });
  }

  /** The writes of a batch whose transaction was begun in a round trip before. */
  private static boolean committing(Object[] args) {
    String sql = String.valueOf(args[0]);
    return sql.endsWith("commit;\n") && !sql.startsWith("begin");
  }

  private Object paused(
      Connection connection, PreparedStatement statement, Method call, Object[] args)
      throws Throwable {
    if (!call.getName().equals("execute") || !pause.compareAndSet(true, false)) {
      return PlainPool.call(statement, call, args);
    }
    int session = connection.unwrap(PGConnection.class).getBackendPID();
    await()
        .atMost(TestShop.PATIENCE)
        .until(
            () ->
                TestShop.count(Jdbi.create(pool), "pg_stat_activity where pid = " + session) == 0);
    // By a statement that is sent whole in one write: of two, the second may find the connection
    // closed before the driver reads why (08006), which says less.
    try (Statement any = connection.createStatement()) {
      any.execute("select 1");
    } catch (SQLException e) {
      reported.set(e.getSQLState());
      throw e;
    }
    throw new AssertionError("the server has not ended the transaction");
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("one user is enough");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return pool.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return pool.isWrapperFor(type);
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return pool.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    pool.setLogWriter(out);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return pool.getLoginTimeout();
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    pool.setLoginTimeout(seconds);
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return pool.getParentLogger();
  }
}
