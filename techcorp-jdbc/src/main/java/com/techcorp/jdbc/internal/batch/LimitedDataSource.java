package com.techcorp.jdbc.internal.batch;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A host's data source for a library that borrows by itself, with the rules of {@link Connections}.
 */
public final class LimitedDataSource implements DataSource {
  private final DataSource host;
  private final Connections connections;
  private final Duration silence;

  /**
   * Lends connections of the host's.
   *
   * @param silence how long an answer may take before the connection is given up
   */
  public LimitedDataSource(DataSource host, Duration silence) {
    this.host = host;
    this.connections = new Connections(host);
    this.silence = silence;
  }

  @Override
  public Connection getConnection() {
    Connections.Lent lent = connections.open(silence);
    AtomicBoolean closed = new AtomicBoolean(); // to close again is allowed, and does nothing
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                if (closed.compareAndSet(false, true)) {
                  lent.close();
                }
                return null;
              }
              try {
                return method.invoke(lent.connection(), arguments);
              } catch (InvocationTargetException e) {
                throw Objects.requireNonNullElse(e.getCause(), e);
              }
            });
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the host's data source knows who connects");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return host.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return host.isWrapperFor(type);
  }

  @Override
  public @Nullable PrintWriter getLogWriter() throws SQLException {
    return host.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    host.setLogWriter(out);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return host.getLoginTimeout();
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    host.setLoginTimeout(seconds);
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return host.getParentLogger();
  }
}
