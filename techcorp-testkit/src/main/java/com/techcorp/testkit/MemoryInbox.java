package com.techcorp.testkit;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.Inbox;
import com.techcorp.messaging.InboxEffect;
import com.techcorp.saga.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What consumers have had, and their dead letters, in memory. */
final class MemoryInbox implements Inbox {
  private final MemoryDatabase database;
  private final MemoryTable<Taken, Instant> received;
  private final MemoryTable<Taken, DeadLetter> dead;

  private record Taken(String consumer, UUID eventId) {}

  MemoryInbox(MemoryDatabase database) {
    this.database = database;
    this.received = new MemoryTable<>(database);
    this.dead = new MemoryTable<>(database);
  }

  @Nullable Failure apply(InboxEffect effect) {
    InboxEffect.Receive receive = (InboxEffect.Receive) effect;
    Taken taken = new Taken(receive.consumer(), receive.eventId());
    if (received.has(taken)) {
      return Failure.of(
          InboxEffect.DUPLICATE, "consumer " + receive.consumer() + " has had this event");
    }
    received.put(taken, database.now());
    return null;
  }

  @Override
  public boolean has(String consumer, UUID eventId) {
    return database.transaction(() -> received.has(new Taken(consumer, eventId)));
  }

  @Override
  public void bury(String consumer, Event event, String reason) {
    Event copy =
        new Event(
            event.id(),
            event.orderId(),
            event.sequence(),
            event.type(),
            event.payload().deepCopy());
    database.transaction(
        () -> {
          Taken taken = new Taken(consumer, event.id());
          if (!dead.has(taken)) {
            dead.put(taken, new DeadLetter(copy, reason));
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
  public void unbury(String consumer, UUID eventId) {
    database.transaction(
        () -> {
          Taken taken = new Taken(consumer, eventId);
          dead.remove(taken);
          return taken;
        });
  }
}
