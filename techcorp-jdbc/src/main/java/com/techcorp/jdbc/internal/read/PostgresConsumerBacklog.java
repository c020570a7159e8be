package com.techcorp.jdbc.internal.read;

import com.techcorp.jdbc.internal.batch.Transactions;
import com.techcorp.messaging.Backlog;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.Inbox;
import com.techcorp.messaging.spi.ConsumerBacklog;
import com.techcorp.storage.Fence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * {@link ConsumerBacklog} in {@code messaging.consumer_queues} and {@code
 * messaging.consumer_backlog}. Each transaction that adds or removes an event locks its queue's
 * row, so that no queue is taken for empty while an event is being added; rows are locked in one
 * order everywhere.
 */
public final class PostgresConsumerBacklog implements ConsumerBacklog {
  private static final int EVENTS_OF_A_QUEUE = 100;
  private static final int CLAIMED_AT_ONCE = 1_000;

  private final Transactions transactions;

  public PostgresConsumerBacklog(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void add(@Nullable Fence holder, List<Move> moves) {
    if (!moves.isEmpty()) {
      transactions.run(handle -> BacklogAdditions.add(handle, holder, moves));
    }
  }

  @Override
  public Set<Queue> waitingIn(Collection<Queue> queues) {
    if (queues.isEmpty()) {
      return Set.of();
    }
    return transactions.run(
        handle ->
            new HashSet<>(
                BacklogArrays.bind(handle.createQuery(BacklogSql.WAITING_IN), queues)
                    .map((row, context) -> queue(row))
                    .list()));
  }

  private static Queue queue(ResultSet row) throws SQLException {
    return new Queue(
        row.getString("consumer"),
        new EventStream(row.getString("stream_type"), row.getObject("ordering_key", UUID.class)));
  }

  @Override
  public List<Due> due(Fence holder, Map<String, Integer> most) {
    return transactions.run(
        handle -> {
          claim(handle, holder.node(), most.keySet());
          return read(handle, holder.node(), most);
        });
  }

  private static void claim(Handle handle, int node, Collection<String> consumers) {
    handle
        .createUpdate(BacklogSql.CLAIM_NOBODYS)
        .bind("node", node)
        .bindArray("consumers", String.class, List.copyOf(consumers))
        .bind("limit", CLAIMED_AT_ONCE)
        .execute();
    for (int gone :
        handle.createQuery(BacklogSql.GONE).bind("node", node).mapTo(Integer.class).list()) {
      handle
          .createUpdate(BacklogSql.CLAIM_OF_THE_GONE)
          .bind("node", node)
          .bind("gone", gone)
          .bindArray("consumers", String.class, List.copyOf(consumers))
          .bind("limit", CLAIMED_AT_ONCE)
          .execute();
    }
  }

  private record Read(Queue queue, int attempts, Event event) {}

  private static List<Due> read(Handle handle, int node, Map<String, Integer> most) {
    List<String> consumers = List.copyOf(most.keySet());
    Map<Queue, List<Read>> queues = new LinkedHashMap<>();
    handle
        .createQuery(BacklogSql.DUE)
        .bind("node", node)
        .bindArray("consumers", String.class, consumers)
        .bindArray("most", Integer.class, consumers.stream().map(most::get).toList())
        .bind("events", EVENTS_OF_A_QUEUE)
        .map((row, context) -> new Read(queue(row), row.getInt("attempts"), EventRows.read(row)))
        .forEach(row -> queues.computeIfAbsent(row.queue(), q -> new ArrayList<>()).add(row));
    return queues.values().stream()
        .map(
            rows ->
                new Due(
                    rows.get(0).queue(),
                    rows.get(0).attempts(),
                    rows.stream().map(Read::event).toList()))
        .toList();
  }

  @Override
  public void remove(Collection<Handled> handled) {
    if (handled.isEmpty()) {
      return;
    }
    BacklogArrays rows = new BacklogArrays();
    handled.forEach(each -> rows.add(each.queue(), each.events()));
    List<Queue> queues = handled.stream().map(Handled::queue).distinct().toList();
    transactions.run(
        handle -> {
          lock(handle, queues);
          BacklogArrays.bind(handle.createUpdate(BacklogSql.REMOVE), rows.queues())
              .bindArray(
                  "sequences", Integer.class, rows.events().stream().map(Event::sequence).toList())
              .execute();
          return goOn(handle, queues);
        });
  }

  private static void lock(Handle handle, List<Queue> queues) {
    BacklogArrays.bind(handle.createQuery(BacklogSql.LOCK), queues).mapTo(UUID.class).list();
  }

  /**
   * Continues queues in separate statements after the lock, so that they see what was added before
   * it.
   */
  private static int goOn(Handle handle, List<Queue> queues) {
    int touched = 0;
    for (String sql : List.of(BacklogSql.CLOSE_EMPTY, BacklogSql.GO_ON)) {
      touched += BacklogArrays.bind(handle.createUpdate(sql), queues).execute();
    }
    return touched;
  }

  @Override
  public void retry(Fence holder, Collection<Retry> retries) {
    if (retries.isEmpty()) {
      return;
    }
    List<Queue> queues = retries.stream().map(Retry::queue).toList();
    transactions.run(
        handle -> {
          lock(handle, queues);
          return BacklogArrays.bind(handle.createUpdate(BacklogSql.RETRY), queues)
              .bind("node", holder.node())
              .bindArray("attempts", Integer.class, retries.stream().map(Retry::attempts).toList())
              .bindArray(
                  "delays", Long.class, retries.stream().map(r -> r.delay().toMillis()).toList())
              .bindArray("reasons", String.class, retries.stream().map(Retry::reason).toList())
              .execute();
        });
  }

  @Override
  public int moveToDeadLetters(Queue queue, @Nullable Event event, String reason) {
    return transactions.run(
        handle -> {
          lock(handle, List.of(queue));
          int moved =
              handle
                  .createUpdate(BacklogSql.MOVE_TO_DEAD_LETTERS)
                  .bind("consumer", queue.consumer())
                  .bind("key", queue.key().id())
                  .bind("stream", queue.key().type())
                  .bind("sequence", event == null ? null : Integer.valueOf(event.sequence()))
                  .bind("reason", reason)
                  .execute();
          goOn(handle, List.of(queue));
          return moved;
        });
  }

  @Override
  public int replay(String consumer, int limit) {
    return transactions.run(
        handle -> {
          List<Inbox.DeadLetter> letters = PostgresInbox.dead(handle, consumer, limit);
          Map<Queue, List<Event>> queues = new HashMap<>();
          letters.forEach(
              letter ->
                  queues
                      .computeIfAbsent(Queue.of(consumer, letter.event()), q -> new ArrayList<>())
                      .add(letter.event()));
          if (!queues.isEmpty()) {
            List<Move> moves = new ArrayList<>();
            queues.forEach(
                (queue, events) -> moves.add(new Move(queue, events, 0, Duration.ZERO, null)));
            BacklogAdditions.add(handle, null, moves);
          }
          letters.forEach(
              letter -> PostgresInbox.removeDeadLetter(handle, consumer, letter.event().id()));
          return letters.size();
        });
  }

  @Override
  public List<Event> list(String consumer, int limit) {
    return transactions.run(
        handle ->
            handle
                .createQuery(BacklogSql.LIST)
                .bind("consumer", consumer)
                .bind("limit", limit)
                .map((row, context) -> EventRows.read(row))
                .list());
  }

  @Override
  public Map<String, Backlog.Waiting> waiting() {
    return transactions.run(
        handle -> {
          Map<String, Backlog.Waiting> waiting = new HashMap<>();
          handle
              .createQuery(BacklogSql.WAITING)
              .map(
                  (row, context) ->
                      waiting.put(
                          row.getString("consumer"),
                          new Backlog.Waiting(
                              row.getLong("events"),
                              Duration.ofMillis(Math.max(0, row.getLong("millis"))),
                              row.getLong("while_paused"))))
              .list();
          return waiting;
        });
  }
}
