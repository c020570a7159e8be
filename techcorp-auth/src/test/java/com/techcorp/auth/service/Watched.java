package com.techcorp.auth.service;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A port whose calls are written down, and before and after which a test can act: wait, call
 * something else, or throw.
 */
final class Watched<T> {
  private final T port;
  private final String name;
  private final T target;
  private final List<Call> calls;
  private final Map<String, Runnable> before = new ConcurrentHashMap<>();
  private final Map<String, Runnable> after = new ConcurrentHashMap<>();

  /**
   * @param calls where they are written down, of several ports in one sequence
   */
  Watched(Class<T> type, T target, List<Call> calls) {
    this.name = type.getSimpleName();
    this.target = target;
    this.calls = calls;
    this.port =
        type.cast(
            Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this::invoke));
  }

  /** One call. */
  record Call(String port, String method, List<Object> arguments) {
    String name() {
      return port + "." + method;
    }
  }

  static List<Call> noCalls() {
    return new CopyOnWriteArrayList<>();
  }

  private Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return method.invoke(target, arguments);
    }
    calls.add(
        new Call(name, method.getName(), arguments == null ? List.of() : Arrays.asList(arguments)));
    before.getOrDefault(method.getName(), () -> {}).run();
    Object result;
    try {
      result = method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    after.getOrDefault(method.getName(), () -> {}).run();
    return result;
  }

  T port() {
    return port;
  }

  /** Acts before each call of a method. */
  void before(String method, Runnable action) {
    before.put(method, action);
  }

  /** Acts before the next call of a method only. */
  void beforeNext(String method, Runnable action) {
    before.put(method, once(before, method, action));
  }

  /** Acts after the next call of a method only. */
  void afterNext(String method, Runnable action) {
    after.put(method, once(after, method, action));
  }

  private static Runnable once(Map<String, Runnable> actions, String method, Runnable action) {
    return () -> {
      actions.remove(method);
      action.run();
    };
  }

  /** Does nothing but count from now on. */
  void calm() {
    before.clear();
    after.clear();
  }
}
