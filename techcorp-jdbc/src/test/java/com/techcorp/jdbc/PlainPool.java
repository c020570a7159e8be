package com.techcorp.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/**
 * The least that a pool does: it keeps what is given back, unless that is closed. It tries nothing
 * before it hands it out, and knows no SQLSTATE.
 */
final class PlainPool implements AutoCloseable {
  private final String url;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
  private final List<Connection> opened = new CopyOnWriteArrayList<>();

  PlainPool(String url) {
    this.url = url;
  }

  DataSource dataSource() {
    return proxy(
        DataSource.class,
        (method, args) ->
            switch (method.getName()) {
              case "getConnection" -> lent();
              case "isWrapperFor" -> false;
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private Connection lent() throws SQLException {
    Connection free = idle.poll();
    Connection connection = free == null ? opened() : free;
    return proxy(
        Connection.class,
        (method, args) -> {
          if (!method.getName().equals("close")) {
            return call(connection, method, args);
          }
          if (!connection.isClosed()) {
            idle.push(connection);
          }
          return null;
        });
  }

  private Connection opened() throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    opened.add(connection);
    return connection;
  }

  /** All that were ever opened, as the driver made them. */
  List<Connection> all() {
    return opened;
  }

  /** Opens so many and keeps them for later. */
  PlainPool filled(int connections) throws SQLException {
    for (int i = 0; i < connections; i++) {
      idle.add(opened());
    }
    return this;
  }

  interface Answer {
    Object to(Method method, Object[] args) throws Throwable;
  }

  static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            PlainPool.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> answer.to(method, args)));
  }

  static Object call(Object target, Method method, Object[] args) throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : opened) {
      connection.close();
    }
  }
}
