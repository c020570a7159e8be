package com.techcorp.bench.contender;

import com.techcorp.Storage;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.spi.Outbox;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An outbox from which nobody takes anything: also not the look that a relay has when it starts,
 * which on a busy machine comes after the first orders.
 */
final class UnreadOutbox implements Outbox {
  private final Outbox outbox;

  private UnreadOutbox(Outbox outbox) {
    this.outbox = outbox;
  }

  /** The storage with its outbox left unread. */
  static Storage in(Storage storage) {
    UnreadOutbox unread = new UnreadOutbox(storage.outbox());
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              try {
                return method.getName().equals("outbox")
                    ? unread
                    : method.invoke(storage, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Override
  public int claim(int node, int limit) {
    return 0;
  }

  @Override
  public int release(int node, Duration olderThan) {
    return 0;
  }

  @Override
  public List<Event> held(int node, @Nullable EventStream after, int limit) {
    return List.of();
  }

  @Override
  public void remove(Collection<Event> events) {
    outbox.remove(events);
  }

  @Override
  public Backlog backlog() {
    return outbox.backlog();
  }
}
