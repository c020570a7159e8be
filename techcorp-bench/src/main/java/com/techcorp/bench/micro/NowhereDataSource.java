package com.techcorp.bench.micro;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source whose connections take every statement and lead nowhere. */
final class NowhereDataSource {
  private static final Array ARRAY = proxy(Array.class, (p, method, args) -> nothing(method));
  private static final PreparedStatement STATEMENT =
      proxy(PreparedStatement.class, (p, method, args) -> nothing(method));
  private static final Connection CONNECTION =
      proxy(Connection.class, (p, method, args) -> ofConnection(method));

  private NowhereDataSource() {}

  static DataSource create() {
    return proxy(
        DataSource.class,
        (p, method, args) ->
            method.getName().equals("getConnection") ? CONNECTION : nothing(method));
  }

  private static @Nullable Object ofConnection(Method method) {
    return switch (method.getName()) {
      case "prepareStatement" -> STATEMENT;
      case "createArrayOf" -> ARRAY;
      default -> nothing(method);
    };
  }

  private static @Nullable Object nothing(Method method) {
    Class<?> type = method.getReturnType();
    if (type == boolean.class) {
      return false;
    }
    return type == int.class ? (Object) 0 : null;
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            NowhereDataSource.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
