package com.techcorp.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Outbox;
import com.techcorp.messaging.OutboxEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events to publish, in memory. */
final class MemoryOutbox implements Outbox {
  private final MemoryDatabase database;
  private final MemoryTable<Long, Row> rows;
  private long nextRow;
  private @Nullable UUID holder;
  private Instant heldUntil = Instant.MIN;

  private record Row(long number, Event event, Instant at) {
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
    long number = nextRow++;
    rows.put(
        number,
        new Row(
            number,
            new Event(
                publish.eventId(), publish.orderId(), publish.sequence(), publish.type(), payload),
            database.now()));
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
  public List<Event> oldest(int limit) {
    return database.transaction(() -> rows.rows().limit(limit).map(Row::copy).toList());
  }

  @Override
  public boolean published(UUID relay, Collection<UUID> eventIds) {
    return database.transaction(
        () -> {
          if (!relay.equals(holder) || !database.now().isBefore(heldUntil)) {
            return false;
          }
          Set<UUID> gone = new HashSet<>(eventIds);
          rows.rows()
              .filter(row -> gone.contains(row.event().id()))
              .toList()
              .forEach(row -> rows.remove(row.number()));
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
                    .findFirst()
                    .map(row -> Duration.between(row.at(), database.now()))
                    .orElse(Duration.ZERO)));
  }
}
