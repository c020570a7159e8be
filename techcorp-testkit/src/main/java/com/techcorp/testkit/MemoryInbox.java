package com.techcorp.testkit;

import com.techcorp.error.Failure;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.Inbox;
import com.techcorp.messaging.InboxEffect;
import com.techcorp.messaging.spi.InboxRules;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps taken events and dead letters in memory. */
final class MemoryInbox implements Inbox {
  private final MemoryDatabase database;
  private final MemoryTable<Taken, Instant> received;
  private final MemoryTable<Ordered, Integer> heads;
  private final MemoryTable<Taken, DeadLetter> dead;

  private record Taken(String consumer, UUID eventId) {}

  private record Ordered(String consumer, EventStream stream) {}

  MemoryInbox(MemoryDatabase database) {
    this.database = database;
    this.received = new MemoryTable<>(database);
    this.heads = new MemoryTable<>(database);
    this.dead = new MemoryTable<>(database);
  }

  @Nullable Failure apply(InboxEffect effect) {
    return effect instanceof InboxEffect.Advance advance
        ? advance(advance)
        : receive((InboxEffect.Receive) effect);
  }

  private @Nullable Failure receive(InboxEffect.Receive receive) {
    Taken taken = new Taken(receive.consumer(), receive.eventId());
    return InboxRules.decide(receive, received.has(taken))
        .ifAccepted(had -> received.put(taken, database.now()));
  }

  private @Nullable Failure advance(InboxEffect.Advance advance) {
    Ordered stream = new Ordered(advance.consumer(), advance.stream());
    return InboxRules.decide(advance, headOf(stream))
        .ifAccepted(sequence -> heads.put(stream, sequence));
  }

  private int headOf(Ordered stream) {
    Integer head = heads.get(stream);
    return head == null ? 0 : head;
  }

  @Override
  public int head(String consumer, EventStream stream) {
    return database.transaction(() -> headOf(new Ordered(consumer, stream)));
  }

  @Override
  public boolean has(String consumer, UUID eventId) {
    return database.transaction(() -> received.has(new Taken(consumer, eventId)));
  }

  @Override
  public void addDeadLetter(String consumer, Event event, String reason) {
    database.transaction(
        () -> {
          Taken taken = new Taken(consumer, event.id());
          if (!dead.has(taken)) {
            dead.put(taken, new DeadLetter(event, reason));
          }
          return taken;
        });
  }

  @Override
  public List<DeadLetter> dead(String consumer, int limit) {
    return database.transaction(
        () ->
            dead.entries()
                .filter(entry -> entry.getKey().consumer().equals(consumer))
                .limit(limit)
                .map(Map.Entry::getValue)
                .toList());
  }

  @Override
  public void removeDeadLetter(String consumer, UUID eventId) {
    database.transaction(
        () -> {
          Taken taken = new Taken(consumer, eventId);
          dead.remove(taken);
          return taken;
        });
  }
}
