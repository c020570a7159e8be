package com.techcorp.testkit;

import com.techcorp.messaging.Backlog;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.spi.ConsumerBacklog;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps consumers' backlogs in memory. */
final class MemoryConsumerBacklog implements ConsumerBacklog {
  /** Nodes count from 1. */
  private static final int NOBODY = 0;

  private static final int EVENTS_OF_A_QUEUE = 100;

  private final MemoryDatabase database;
  private final IntPredicate registered;
  private final MemoryInbox inbox;
  private final MemoryTable<Queue, Head> queues;
  private final MemoryTable<Key, Row> rows;

  private record Head(int node, int attempts, Instant nextAt) {}

  private record Key(Queue queue, int sequence) {
    static Key of(Queue queue, Event event) {
      return new Key(queue, event.sequence());
    }
  }

  private record Row(Queue queue, Event event, Instant at, boolean whilePaused) {}

  MemoryConsumerBacklog(MemoryDatabase database, IntPredicate registered, MemoryInbox inbox) {
    this.database = database;
    this.registered = registered;
    this.inbox = inbox;
    this.queues = new MemoryTable<>(database);
    this.rows = new MemoryTable<>(database);
  }

  @Override
  public void add(@Nullable Fence holder, List<Move> moves) {
    database.transaction(
        () -> {
          int node = holder == null ? NOBODY : holder.node();
          for (Move move : moves) {
            Queue queue = move.queue();
            if (move.supersedes()) {
              supersede(queue, move.events().get(0));
            }
            if (!queues.has(queue)) {
              queues.put(queue, new Head(node, move.attempts(), database.now().plus(move.delay())));
            }
            for (Event event : move.events()) {
              if (!rows.has(Key.of(queue, event))) {
                rows.put(
                    Key.of(queue, event),
                    new Row(queue, event, database.now(), move.whilePaused()));
              }
            }
          }
          return moves;
        });
  }

  private void supersede(Queue by, Event event) {
    List<Row> superseded =
        rows.rows()
            .filter(row -> row.queue().consumer().equals(by.consumer()))
            .filter(row -> !row.queue().equals(by))
            .filter(row -> row.event().stream().equals(event.stream()))
            .filter(row -> row.event().type().equals(event.type()) && !row.event().isOrdered())
            .toList();
    for (Row row : superseded) {
      rows.remove(Key.of(row.queue(), row.event()));
      queues.remove(row.queue());
    }
  }

  @Override
  public Set<Queue> waitingIn(Collection<Queue> asked) {
    return database.transaction(
        () -> asked.stream().filter(queues::has).collect(Collectors.toSet()));
  }

  @Override
  public List<Due> due(Fence holder, Map<String, Integer> most) {
    return database.transaction(
        () -> {
          List<Due> due = new ArrayList<>();
          new TreeMap<>(most)
              .forEach(
                  (consumer, limit) -> {
                    takeOver(consumer, holder.node());
                    due.addAll(due(consumer, holder.node(), limit));
                  });
          return due;
        });
  }

  private void takeOver(String consumer, int node) {
    List<Map.Entry<Queue, Head>> free =
        queues
            .entries()
            .filter(entry -> entry.getKey().consumer().equals(consumer))
            .filter(entry -> !registered.test(entry.getValue().node()))
            .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
            .toList();
    free.forEach(
        entry ->
            queues.put(
                entry.getKey(),
                new Head(node, entry.getValue().attempts(), entry.getValue().nextAt())));
  }

  private List<Due> due(String consumer, int node, int limit) {
    return queues
        .entries()
        .filter(entry -> entry.getKey().consumer().equals(consumer))
        .filter(entry -> entry.getValue().node() == node)
        .filter(entry -> !entry.getValue().nextAt().isAfter(database.now()))
        .sorted(Comparator.comparing(entry -> entry.getValue().nextAt()))
        .limit(limit)
        .map(
            entry ->
                new Due(
                    entry.getKey(),
                    entry.getValue().attempts(),
                    of(entry.getKey()).limit(EVENTS_OF_A_QUEUE).map(Row::event).toList()))
        .toList();
  }

  private java.util.stream.Stream<Row> of(Queue queue) {
    return rows.rows()
        .filter(row -> row.queue().equals(queue))
        .sorted(Comparator.comparing(row -> row.event().sequence()))
        .map(row -> new Row(queue, row.event(), row.at(), row.whilePaused()));
  }

  @Override
  public void remove(Collection<Handled> handled) {
    database.transaction(
        () -> {
          for (Handled each : handled) {
            each.events().forEach(event -> rows.remove(Key.of(each.queue(), event)));
            goOn(each.queue());
          }
          return handled;
        });
  }

  /** The next event of the queue is due, or the queue is gone. */
  private void goOn(Queue queue) {
    Head head = queues.get(queue);
    if (head == null) {
      return;
    }
    if (of(queue).findAny().isEmpty()) {
      queues.remove(queue);
    } else {
      queues.put(queue, new Head(head.node(), 0, database.now()));
    }
  }

  @Override
  public void retry(Fence holder, Collection<Retry> retries) {
    database.transaction(
        () -> {
          for (Retry retry : retries) {
            Objects.requireNonNull(retry.reason(), "reason");
            Head head = queues.get(retry.queue());
            if (head != null && head.node() == holder.node()) {
              Instant next = database.now().plus(retry.delay());
              queues.put(retry.queue(), new Head(head.node(), retry.attempts(), next));
            }
          }
          return retries;
        });
  }

  @Override
  public int moveToDeadLetters(Queue queue, @Nullable Event event, String reason) {
    return database.transaction(
        () -> {
          List<Row> some =
              of(queue)
                  .filter(row -> event == null || row.event().sequence() == event.sequence())
                  .toList();
          for (Row row : some) {
            inbox.addDeadLetter(queue.consumer(), row.event(), reason);
            rows.remove(Key.of(queue, row.event()));
          }
          goOn(queue);
          return some.size();
        });
  }

  @Override
  public int replay(String consumer, int limit) {
    return database.transaction(
        () -> {
          var letters = inbox.dead(consumer, limit);
          for (var letter : letters) {
            Queue queue = Queue.of(consumer, letter.event());
            add(null, List.of(new Move(queue, List.of(letter.event()), 0, Duration.ZERO, null)));
            inbox.removeDeadLetter(consumer, letter.event().id());
          }
          return letters.size();
        });
  }

  @Override
  public List<Event> list(String consumer, int limit) {
    return database.transaction(
        () ->
            rows.rows()
                .filter(row -> row.queue().consumer().equals(consumer))
                .sorted(
                    Comparator.comparing((Row row) -> row.event().orderingKey().id().toString())
                        .thenComparing(row -> row.event().sequence()))
                .limit(limit)
                .map(row -> row.event())
                .toList());
  }

  @Override
  public Map<String, Backlog.Waiting> waiting() {
    return database.transaction(
        () -> {
          Map<String, Backlog.Waiting> waiting = new TreeMap<>();
          rows.rows()
              .forEach(
                  row -> {
                    Duration age = Duration.between(row.at(), database.now());
                    waiting.merge(
                        row.queue().consumer(),
                        new Backlog.Waiting(1, age, row.whilePaused() ? 1 : 0),
                        (all, one) ->
                            new Backlog.Waiting(
                                all.events() + 1,
                                all.age().compareTo(one.age()) >= 0 ? all.age() : one.age(),
                                all.whilePaused() + one.whilePaused()));
                  });
          return waiting;
        });
  }
}
