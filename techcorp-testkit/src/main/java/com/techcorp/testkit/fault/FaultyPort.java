package com.techcorp.testkit.fault;

import com.techcorp.error.TechCorpException;
import com.techcorp.error.UnavailableException;
import com.techcorp.storage.UnitOfWork.NotWrittenException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port of one process, each of whose calls is noted and meets its fault. Thread-safe. */
final class FaultyPort implements InvocationHandler {
  private static final Logger LOG = LoggerFactory.getLogger(FaultyPort.class);

  private final Class<?> port;
  private final Object target;
  private final FaultPlan plan;

  private FaultyPort(Class<?> port, Object target, FaultPlan plan) {
    this.port = port;
    this.target = target;
    this.plan = plan;
  }

  static <T> T of(Class<T> port, Object target, FaultPlan plan) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(), new Class<?>[] {port}, new FaultyPort(port, target, plan)));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return call(target, method, args);
    }
    String call = port.getSimpleName() + "." + method.getName();
    Fault fault = plan.enter(call, plan.isRead(method.getName()));
    if (fault != null) {
      plan.before(fault, call);
    }
    if (fault == Fault.ARRIVE_LATE) {
      plan.keepLate(() -> arrive(target, method, args));
      throw new UnavailableException("no answer from " + call + " (injected; it arrives later)");
    }
    if (fault == Fault.NOT_WRITTEN) {
      throw new NotWrittenException(call + " was not made (injected)", null);
    }
    Object result;
    try {
      result = call(target, method, args);
    } catch (Throwable e) {
      if (fault == Fault.RETURN_LATE) {
        plan.held(fault);
      }
      throw fault == Fault.STOP_AFTER ? plan.stop("after " + call) : e;
    }
    if (fault == Fault.STOP_AFTER) {
      throw plan.stop("after " + call);
    }
    changed(call, method, result);
    if (fault == Fault.LOSE_ANSWER) {
      throw new UnavailableException("the answer of " + call + " was lost (injected)");
    }
    if (fault == Fault.RETURN_LATE) {
      plan.held(fault);
    }
    return result;
  }

  /** A lease that ends lets late calls arrive. */
  private void changed(String call, Method method, @Nullable Object result) {
    if (!plan.isRead(method.getName()) && !isNothing(method, result)) {
      plan.changed();
    }
    if (call.equals("NodeRegistry.retire")) {
      plan.arriveAll();
    }
  }

  /** A write that says it did nothing. */
  private static boolean isNothing(Method method, @Nullable Object result) {
    if (method.getReturnType() == void.class) {
      return false;
    }
    return result == null
        || result.equals(0)
        || result.equals(false)
        || (result instanceof Collection<?> many && many.isEmpty())
        || (result instanceof Optional<?> one && one.isEmpty());
  }

  /** No caller waits for its answer, which is expected to come too late. */
  private static void arrive(Object target, Method method, @Nullable Object @Nullable [] args) {
    try {
      call(target, method, args);
    } catch (TechCorpException e) {
      LOG.debug("A late call was refused", e);
    } catch (Throwable e) {
      throw new IllegalStateException("a late call failed in a way of its own", e);
    }
  }

  /** Makes a call; what it throws comes out as it is. */
  static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    try {
      method.setAccessible(true);
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
