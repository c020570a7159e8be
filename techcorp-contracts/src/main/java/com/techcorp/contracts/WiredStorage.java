package com.techcorp.contracts;

import com.techcorp.Storage;
import com.techcorp.messaging.spi.Outbox;
import com.techcorp.saga.spi.SagaJournal;
import com.techcorp.storage.UnitOfWork;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** A storage of which one part is reached over a wire that the test can disturb. */
final class WiredStorage {
  private WiredStorage() {}

  static UnaryOperator<Storage> writing(UnaryOperator<UnitOfWork> wire) {
    return storage ->
        proxy(
            Storage.class,
            storage,
            (method, call) ->
                method.equals("unitOfWork") || method.equals("countingUnitOfWork")
                    ? wire.apply((UnitOfWork) call.make())
                    : call.make());
  }

  static UnaryOperator<Storage> journal(UnaryOperator<SagaJournal> wire) {
    return storage -> replaced(storage, Map.of("journal", wire.apply(storage.journal())));
  }

  static UnaryOperator<Storage> outbox(UnaryOperator<Outbox> wire) {
    return storage -> replaced(storage, Map.of("outbox", wire.apply(storage.outbox())));
  }

  /** A process that takes nothing up any more once it is told so, as if it were paused. */
  static UnaryOperator<Storage> claimingUnless(AtomicBoolean paused) {
    return journal(
        inner ->
            proxy(
                SagaJournal.class,
                inner,
                (method, call) ->
                    method.equals("claimDue") && paused.get() ? List.of() : call.make()));
  }

  private static Storage replaced(Storage storage, Map<String, Object> parts) {
    return proxy(
        Storage.class,
        storage,
        (method, call) -> parts.containsKey(method) ? parts.get(method) : call.make());
  }

  /** What happens instead of a call, or around it. */
  @FunctionalInterface
  interface Around {
    Object call(String method, Call inner) throws Throwable;
  }

  /** The call itself. */
  @FunctionalInterface
  interface Call {
    Object make() throws Throwable;
  }

  static <T> T proxy(Class<T> port, T inner, Around around) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) ->
                around.call(
                    method.getName(),
                    () -> {
                      try {
                        return method.invoke(inner, arguments);
                      } catch (InvocationTargetException e) {
                        throw e.getCause();
                      }
                    })));
  }
}
