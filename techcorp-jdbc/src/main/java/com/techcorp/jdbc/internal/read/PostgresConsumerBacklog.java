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
import org.jdbi.v3.core.statement.SqlStatement;
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

  /** Sets nothing where the row is there already, but locks it. */
  static final String OPEN =
      """
      insert into ${messaging}.consumer_queues
        (consumer, ordering_key, stream_type, node, attempts, next_at, reason)
      select i.consumer, i.ordering_key, i.stream_type, cast(:node as integer), i.attempts,
        c.at + i.millis * interval '1 ms', i.reason
      from unnest(cast(:consumers as text[]), cast(:keys as uuid[]), cast(:streams as text[]),
          cast(:attempts as integer[]), cast(:delays as bigint[]), cast(:reasons as text[]))
        as i (consumer, ordering_key, stream_type, attempts, millis, reason)
      cross join (select ${saga}.clock() as at) c
      order by i.consumer collate "C", i.ordering_key, i.stream_type collate "C"
      on conflict (consumer, ordering_key, stream_type) do update set consumer = excluded.consumer
      """;

  static final String ADD =
      """
      insert into ${messaging}.consumer_backlog
        (consumer, stream_type, stream_id, sequence, event_id, event_type, payload, created_at)
      select i.consumer, i.stream_type, i.stream_id, i.sequence, i.event_id, i.type, cast(i.payload as json),
        (select ${saga}.clock())
      from unnest(cast(:consumers as text[]), cast(:streams as text[]), cast(:ids as uuid[]),
          cast(:sequences as integer[]), cast(:events as uuid[]), cast(:types as text[]),
          cast(:payloads as text[]))
        as i (consumer, stream_type, stream_id, sequence, event_id, type, payload)
      on conflict (consumer, ordering_key, stream_type, sequence) do nothing
      """;

  static final String WAITING_IN =
      """
      select s.consumer, s.ordering_key, s.stream_type from ${messaging}.consumer_queues s
      join unnest(cast(:consumers as text[]), cast(:keys as uuid[]), cast(:streams as text[]))
        as i (consumer, ordering_key, stream_type)
        on s.consumer = any (array[i.consumer]) and s.ordering_key = i.ordering_key
        and s.stream_type = i.stream_type
      """;

  static final String CLAIM_NOBODYS =
      """
      update ${messaging}.consumer_queues s set node = :node
      from (
        select consumer, ordering_key, stream_type from ${messaging}.consumer_queues
        where node is null and consumer = any (:consumers)
        order by consumer, next_at
        limit :limit
        for update skip locked) f
      where s.consumer = any (array[f.consumer]) and s.ordering_key = f.ordering_key
        and s.stream_type = f.stream_type
      """;

  static final String CLAIM_OF_THE_GONE =
      """
      update ${messaging}.consumer_queues s set node = :node
      from (
        select consumer, ordering_key, stream_type from ${messaging}.consumer_queues
        where node = :gone and consumer = any (:consumers)
        order by consumer, next_at
        limit :limit
        for update skip locked) f
      where s.consumer = any (array[f.consumer]) and s.ordering_key = f.ordering_key
        and s.stream_type = f.stream_type
      """;

  /** Looks from holder to holder in the index: they are few, their queues may be many. */
  static final String GONE =
      """
      with recursive holder as (
        (select node from ${messaging}.consumer_queues where node is not null order by node limit 1)
        union all
        select (
          select s.node from ${messaging}.consumer_queues s where s.node > h.node
          order by s.node limit 1)
        from holder h
        where h.node is not null)
      select h.node from holder h
      where h.node <> :node and not exists (select from ${saga}.nodes n where n.id = h.node)
      """;

  static final String DUE =
      """
      select s.consumer, s.ordering_key, s.attempts, b.stream_type, b.stream_id, b.sequence, b.event_id,
        b.event_type, b.payload
      from unnest(cast(:consumers as text[]), cast(:most as integer[])) as c (consumer, most)
      cross join lateral (
        select d.consumer, d.ordering_key, d.stream_type, d.attempts, d.next_at
        from ${messaging}.consumer_queues d
        where d.node = :node and d.consumer = c.consumer and d.next_at <= (select ${saga}.clock())
        order by d.next_at
        limit c.most) s
      cross join lateral (
        select e.stream_type, e.stream_id, e.sequence, e.event_id, e.event_type, e.payload
        from ${messaging}.consumer_backlog e
        where e.consumer = s.consumer and e.ordering_key = s.ordering_key
          and e.stream_type = s.stream_type
        order by e.sequence
        limit :events) b
      order by s.consumer, s.next_at, s.ordering_key, b.stream_type, b.sequence
      """;

  static final String LOCK =
      """
      select s.ordering_key from ${messaging}.consumer_queues s
      join unnest(cast(:consumers as text[]), cast(:keys as uuid[]), cast(:streams as text[]))
        as i (consumer, ordering_key, stream_type)
        on s.consumer = any (array[i.consumer]) and s.ordering_key = i.ordering_key
        and s.stream_type = i.stream_type
      order by s.consumer collate "C", s.ordering_key, s.stream_type collate "C"
      for update of s
      """;

  static final String REMOVE =
      """
      delete from ${messaging}.consumer_backlog b
      using unnest(cast(:consumers as text[]), cast(:keys as uuid[]), cast(:streams as text[]),
          cast(:sequences as integer[]))
        as i (consumer, ordering_key, stream_type, sequence)
      where b.consumer = any (array[i.consumer]) and b.ordering_key = i.ordering_key
        and b.stream_type = i.stream_type and b.sequence = i.sequence
      """;

  static final String CLOSE_EMPTY =
      """
      delete from ${messaging}.consumer_queues s
      using unnest(cast(:consumers as text[]), cast(:keys as uuid[]), cast(:streams as text[]))
        as i (consumer, ordering_key, stream_type)
      where s.consumer = any (array[i.consumer]) and s.ordering_key = i.ordering_key
        and s.stream_type = i.stream_type
        and not exists (
          select from ${messaging}.consumer_backlog b
          where b.consumer = s.consumer and b.ordering_key = s.ordering_key
            and b.stream_type = s.stream_type)
      """;

  static final String GO_ON =
      """
      update ${messaging}.consumer_queues s
      set attempts = 0, next_at = (select ${saga}.clock()), reason = null
      from unnest(cast(:consumers as text[]), cast(:keys as uuid[]), cast(:streams as text[]))
        as i (consumer, ordering_key, stream_type)
      where s.consumer = any (array[i.consumer]) and s.ordering_key = i.ordering_key
        and s.stream_type = i.stream_type
      """;

  private static final String RETRY =
      """
      update ${messaging}.consumer_queues s
      set attempts = i.attempts, next_at = (select ${saga}.clock()) + i.millis * interval '1 ms',
        reason = i.reason
      from unnest(cast(:consumers as text[]), cast(:keys as uuid[]), cast(:streams as text[]),
          cast(:attempts as integer[]), cast(:delays as bigint[]), cast(:reasons as text[]))
        as i (consumer, ordering_key, stream_type, attempts, millis, reason)
      where s.consumer = any (array[i.consumer]) and s.ordering_key = i.ordering_key
        and s.stream_type = i.stream_type and s.node = :node
      """;

  private static final String MOVE_TO_DEAD_LETTERS =
      """
      with gone as (
        delete from ${messaging}.consumer_backlog
        where consumer = :consumer and ordering_key = :key and stream_type = :stream
          and sequence = coalesce(cast(:sequence as integer), sequence)
        returning *)
      insert into ${messaging}.dead_letters
        (consumer, event_id, stream_type, stream_id, sequence, event_type, payload, reason, created_at)
      select consumer, event_id, stream_type, stream_id, sequence, event_type, payload, :reason, c.at
      from gone cross join (select ${saga}.clock() as at) c
      on conflict (consumer, event_id) do nothing
      """;

  private static final String LIST =
      """
      select event_id, stream_type, stream_id, sequence, event_type, payload
      from ${messaging}.consumer_backlog
      where consumer = :consumer
      order by ordering_key, stream_type, sequence
      limit :limit
      """;

  private static final String WAITING =
      """
      select consumer, count(*) as events,
        extract(epoch from (select ${saga}.clock()) - min(created_at)) * 1000 as millis
      from ${messaging}.consumer_backlog group by consumer
      """;

  private final Transactions transactions;

  public PostgresConsumerBacklog(Transactions transactions) {
    this.transactions = transactions;
  }

  /** The arrays of events that a statement takes. */
  private static final class Rows {
    private final List<Queue> queues = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();

    void add(Queue queue, List<Event> some) {
      for (Event event : some) {
        queues.add(queue);
        events.add(event);
      }
    }
  }

  /** As :consumers, :keys and :streams. */
  private static <S extends SqlStatement<S>> S bind(S statement, Collection<Queue> queues) {
    return statement
        .bindArray("consumers", String.class, queues.stream().map(Queue::consumer).toList())
        .bindArray("keys", UUID.class, queues.stream().map(queue -> queue.key().id()).toList())
        .bindArray(
            "streams", String.class, queues.stream().map(queue -> queue.key().type()).toList());
  }

  @Override
  public void add(@Nullable Fence holder, List<Move> moves) {
    if (!moves.isEmpty()) {
      transactions.run(handle -> add(handle, holder, moves));
    }
  }

  private static int add(Handle handle, @Nullable Fence holder, List<Move> moves) {
    bind(handle.createUpdate(OPEN), moves.stream().map(Move::queue).toList())
        .bind("node", holder == null ? null : Integer.valueOf(holder.node()))
        .bindArray("attempts", Integer.class, moves.stream().map(Move::attempts).toList())
        .bindArray("delays", Long.class, moves.stream().map(m -> m.delay().toMillis()).toList())
        .bindArray("reasons", String.class, moves.stream().map(Move::reason).toArray())
        .execute();
    Rows rows = new Rows();
    moves.forEach(move -> rows.add(move.queue(), move.events()));
    return handle
        .createUpdate(ADD)
        .bindArray("consumers", String.class, rows.queues.stream().map(Queue::consumer).toList())
        .bindArray(
            "streams", String.class, rows.events.stream().map(e -> e.stream().type()).toList())
        .bindArray("ids", UUID.class, rows.events.stream().map(e -> e.stream().id()).toList())
        .bindArray("sequences", Integer.class, rows.events.stream().map(Event::sequence).toList())
        .bindArray("events", UUID.class, rows.events.stream().map(Event::id).toList())
        .bindArray("types", String.class, rows.events.stream().map(Event::type).toList())
        .bindArray("payloads", String.class, rows.events.stream().map(Event::json).toList())
        .execute();
  }

  @Override
  public Set<Queue> waitingIn(Collection<Queue> queues) {
    if (queues.isEmpty()) {
      return Set.of();
    }
    return transactions.run(
        handle ->
            new HashSet<>(
                bind(handle.createQuery(WAITING_IN), queues)
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
        .createUpdate(CLAIM_NOBODYS)
        .bind("node", node)
        .bindArray("consumers", String.class, List.copyOf(consumers))
        .bind("limit", CLAIMED_AT_ONCE)
        .execute();
    for (int gone : handle.createQuery(GONE).bind("node", node).mapTo(Integer.class).list()) {
      handle
          .createUpdate(CLAIM_OF_THE_GONE)
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
        .createQuery(DUE)
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
    Rows rows = new Rows();
    handled.forEach(each -> rows.add(each.queue(), each.events()));
    List<Queue> queues = handled.stream().map(Handled::queue).distinct().toList();
    transactions.run(
        handle -> {
          lock(handle, queues);
          bind(handle.createUpdate(REMOVE), rows.queues)
              .bindArray(
                  "sequences", Integer.class, rows.events.stream().map(Event::sequence).toList())
              .execute();
          return goOn(handle, queues);
        });
  }

  private static void lock(Handle handle, List<Queue> queues) {
    bind(handle.createQuery(LOCK), queues).mapTo(UUID.class).list();
  }

  /** Behind the lock, in statements of their own: they see what was added before it was taken. */
  private static int goOn(Handle handle, List<Queue> queues) {
    int touched = 0;
    for (String sql : List.of(CLOSE_EMPTY, GO_ON)) {
      touched += bind(handle.createUpdate(sql), queues).execute();
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
          return bind(handle.createUpdate(RETRY), queues)
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
                  .createUpdate(MOVE_TO_DEAD_LETTERS)
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
            add(handle, null, moves);
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
                .createQuery(LIST)
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
              .createQuery(WAITING)
              .map(
                  (row, context) ->
                      waiting.put(
                          row.getString("consumer"),
                          new Backlog.Waiting(
                              row.getLong("events"),
                              Duration.ofMillis(Math.max(0, row.getLong("millis"))))))
              .list();
          return waiting;
        });
  }
}
