package com.techcorp.testkit;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.OutboxEffect;
import com.techcorp.messaging.spi.Outbox;
import com.techcorp.storage.Fence;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Events to publish, in memory. */
final class MemoryOutbox implements Outbox {
  /** Nodes count from 1. */
  private static final int NOBODY = 0;

  private final MemoryDatabase database;
  private final IntPredicate registered;
  private final MemoryTable<Key, Row> rows;

  /** In the order of ids as PostgreSQL compares them, which is that of their text. */
  private static final Comparator<EventStream> BY_KEY =
      Comparator.comparing((EventStream key) -> key.id().toString())
          .thenComparing(EventStream::type);

  private record Key(EventStream key, int sequence) {
    static final Comparator<Key> SORTED =
        Comparator.comparing(Key::key, BY_KEY).thenComparing(Key::sequence);

    static Key of(Event event) {
      return new Key(event.orderingKey(), event.sequence());
    }
  }

  private record Row(Event event, Instant at, int node) {
    Row heldBy(int other) {
      return new Row(event, at, other);
    }
  }

  MemoryOutbox(MemoryDatabase database, IntPredicate registered) {
    this.database = database;
    this.registered = registered;
    this.rows = new MemoryTable<>(database);
  }

  void apply(OutboxEffect effect, @Nullable Fence fence) {
    OutboxEffect.Publish publish = (OutboxEffect.Publish) effect;
    MemoryJson.parseObject(publish.payload());
    Event event = publish.at(database.now());
    if (rows.has(Key.of(event))) {
      throw new UnstorableDataException(
          "event " + event.sequence() + " of " + event.orderingKey() + " is there already", null);
    }
    rows.put(Key.of(event), new Row(event, database.now(), fence == null ? NOBODY : fence.node()));
  }

  @Override
  public int claim(int node, int limit) {
    return database.transaction(
        () -> {
          List<Row> free =
              sorted().filter(row -> !registered.test(row.node())).limit(limit).toList();
          free.forEach(row -> rows.put(Key.of(row.event()), row.heldBy(node)));
          return free.size();
        });
  }

  @Override
  public int release(int node, Duration olderThan) {
    return database.transaction(
        () -> {
          Instant before = database.now().minus(olderThan);
          List<Row> old =
              sorted().filter(row -> row.node() == node && row.at().isBefore(before)).toList();
          old.forEach(row -> rows.put(Key.of(row.event()), row.heldBy(NOBODY)));
          return old.size();
        });
  }

  @Override
  public List<Event> held(int node, @Nullable EventStream after, int limit) {
    return database.transaction(
        () -> {
          Set<EventStream> behindOthers = new HashSet<>();
          List<Event> page = new ArrayList<>();
          for (Row row : sorted().toList()) {
            EventStream key = row.event().orderingKey();
            if (row.node() != node) {
              behindOthers.add(key);
            } else if (!behindOthers.contains(key)
                && (after == null || BY_KEY.compare(key, after) > 0)
                && page.size() < limit) {
              page.add(row.event());
            }
          }
          return page;
        });
  }

  private Stream<Row> sorted() {
    return rows.rows().sorted(Comparator.comparing(row -> Key.of(row.event()), Key.SORTED));
  }

  @Override
  public void remove(Collection<Event> events) {
    database.transaction(
        () -> {
          events.forEach(event -> rows.remove(Key.of(event)));
          return null;
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
