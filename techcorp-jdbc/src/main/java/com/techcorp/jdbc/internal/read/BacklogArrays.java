package com.techcorp.jdbc.internal.read;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.spi.ConsumerBacklog.Queue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;

/** The arrays of queues and events that the statements of {@link BacklogSql} take. */
final class BacklogArrays {
  private final List<Queue> queues = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();

  void add(Queue queue, List<Event> some) {
    for (Event event : some) {
      queues.add(queue);
      events.add(event);
    }
  }

  /** Returns the queue of each event. */
  List<Queue> queues() {
    return queues;
  }

  List<Event> events() {
    return events;
  }

  /**
   * Binds the events as {@code :consumers}, {@code :streams}, {@code :ids}, {@code :events} and
   * {@code :types}.
   */
  <S extends SqlStatement<S>> S bindEvents(S statement) {
    return statement
        .bindArray("consumers", String.class, queues.stream().map(Queue::consumer).toList())
        .bindArray("streams", String.class, events.stream().map(e -> e.stream().type()).toList())
        .bindArray("ids", UUID.class, events.stream().map(e -> e.stream().id()).toList())
        .bindArray("events", UUID.class, events.stream().map(Event::id).toList())
        .bindArray("types", String.class, events.stream().map(Event::type).toList());
  }

  /** Binds queues as {@code :consumers}, {@code :keys} and {@code :streams}. */
  static <S extends SqlStatement<S>> S bind(S statement, Collection<Queue> queues) {
    return statement
        .bindArray("consumers", String.class, queues.stream().map(Queue::consumer).toList())
        .bindArray("keys", UUID.class, queues.stream().map(queue -> queue.key().id()).toList())
        .bindArray(
            "streams", String.class, queues.stream().map(queue -> queue.key().type()).toList());
  }
}
