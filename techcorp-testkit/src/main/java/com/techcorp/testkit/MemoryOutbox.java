package com.techcorp.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Outbox;
import com.techcorp.messaging.OutboxEffect;
import com.techcorp.saga.UnitOfWork.UnstorableData;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events to publish, in memory. */
final class MemoryOutbox implements Outbox {
  private final MemoryDatabase database;
  private final MemoryTable<Key, Row> rows;
  private @Nullable UUID holder;
  private Instant heldUntil = Instant.MIN;

  /** In the order of ids as PostgreSQL compares them, which is that of their text. */
  private record Key(String order, int sequence) implements Comparable<Key> {
    static Key of(Event event) {
      return new Key(event.orderId().toString(), event.sequence());
    }

    @Override
    public int compareTo(Key other) {
      int byOrder = order.compareTo(other.order);
      return byOrder != 0 ? byOrder : Integer.compare(sequence, other.sequence);
    }
  }

  private record Row(Event event, Instant at) {
    Event copy() {
      return new Event(
          event.id(), event.orderId(), event.sequence(), event.type(), event.payload().deepCopy());
    }
  }

  MemoryOutbox(MemoryDatabase database) {
    this.database = database;
    this.rows = new MemoryTable<>(database);
  }

  void apply(OutboxEffect effect) {
    OutboxEffect.Publish publish = (OutboxEffect.Publish) effect;
    ObjectNode payload = MemoryJson.parseObject(publish.payload());
    payload.put("timestamp", database.now().toString());
    Event event =
        new Event(
            publish.eventId(), publish.orderId(), publish.sequence(), publish.type(), payload);
    if (rows.has(Key.of(event))) {
      throw new UnstorableData(
          "event " + event.sequence() + " of order " + event.orderId() + " is there already", null);
    }
    rows.put(Key.of(event), new Row(event, database.now()));
  }

  @Override
  public boolean hold(UUID relay, Duration lease) {
    return database.transaction(
        () -> {
          if (!relay.equals(holder) && database.now().isBefore(heldUntil)) {
            return false;
          }
          holder = relay;
          heldUntil = database.now().plus(lease);
          return true;
        });
  }

  @Override
  public List<Event> oldest(@Nullable UUID after, int limit) {
    return database.transaction(
        () ->
            rows.rows()
                .sorted(Comparator.comparing(row -> Key.of(row.event())))
                .filter(
                    row ->
                        after == null
                            || Key.of(row.event()).order().compareTo(after.toString()) > 0)
                .limit(limit)
                .map(Row::copy)
                .toList());
  }

  @Override
  public boolean published(UUID relay, Collection<Event> events) {
    return database.transaction(
        () -> {
          if (!relay.equals(holder) || !database.now().isBefore(heldUntil)) {
            return false;
          }
          events.forEach(event -> rows.remove(Key.of(event)));
          return true;
        });
  }

  @Override
  public Backlog backlog() {
    return database.transaction(
        () ->
            new Backlog(
                rows.size(),
                rows.rows()
                    .min(Comparator.comparing(Row::at))
                    .map(row -> Duration.between(row.at(), database.now()))
                    .orElse(Duration.ZERO)));
  }
}
