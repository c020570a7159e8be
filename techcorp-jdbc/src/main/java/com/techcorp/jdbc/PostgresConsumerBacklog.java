package com.techcorp.jdbc;

import com.techcorp.messaging.ConsumerBacklog;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Inbox;
import com.techcorp.saga.Fence;
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
 * {@link ConsumerBacklog} in {@code messaging.consumer_streams} and {@code
 * messaging.consumer_backlog}. Each transaction that adds or removes an event locks its stream's
 * row, so that no stream is taken for empty while an event is being added; rows are locked in one
 * order everywhere.
 */
final class PostgresConsumerBacklog implements ConsumerBacklog {
  private static final int EVENTS_OF_A_STREAM = 100;
  private static final int CLAIMED_AT_ONCE = 1_000;

  /** Sets nothing where the row is there already, but locks it. */
  static final String OPEN =
      """
      insert into messaging.consumer_streams (consumer, order_id, node, attempts, next_at, reason)
      select i.consumer, i.order_id, cast(:node as integer), i.attempts,
        c.at + i.millis * interval '1 ms', i.reason
      from unnest(cast(:consumers as text[]), cast(:orders as uuid[]), cast(:attempts as integer[]),
          cast(:delays as bigint[]), cast(:reasons as text[]))
        as i (consumer, order_id, attempts, millis, reason)
      cross join (select saga.clock() as at) c
      order by i.consumer collate "C", i.order_id
      on conflict (consumer, order_id) do update set consumer = excluded.consumer
      """;

  static final String ADD =
      """
      insert into messaging.consumer_backlog
        (consumer, order_id, sequence, event_id, event_type, payload, created_at)
      select i.consumer, i.order_id, i.sequence, i.event_id, i.type, cast(i.payload as json),
        (select saga.clock())
      from unnest(cast(:consumers as text[]), cast(:orders as uuid[]), cast(:sequences as integer[]),
          cast(:events as uuid[]), cast(:types as text[]), cast(:payloads as text[]))
        as i (consumer, order_id, sequence, event_id, type, payload)
      on conflict (consumer, order_id, sequence) do nothing
      """;

  static final String WAITING_IN =
      """
      select s.consumer, s.order_id from messaging.consumer_streams s
      join unnest(cast(:consumers as text[]), cast(:orders as uuid[])) as i (consumer, order_id)
        on s.consumer = any (array[i.consumer]) and s.order_id = i.order_id
      """;

  static final String CLAIM_NOBODYS =
      """
      update messaging.consumer_streams s set node = :node
      from (
        select consumer, order_id from messaging.consumer_streams
        where node is null and consumer = any (:consumers)
        order by consumer, next_at
        limit :limit
        for update skip locked) f
      where s.consumer = any (array[f.consumer]) and s.order_id = f.order_id
      """;

  static final String CLAIM_OF_THE_GONE =
      """
      update messaging.consumer_streams s set node = :node
      from (
        select consumer, order_id from messaging.consumer_streams
        where node = :gone and consumer = any (:consumers)
        order by consumer, next_at
        limit :limit
        for update skip locked) f
      where s.consumer = any (array[f.consumer]) and s.order_id = f.order_id
      """;

  /** Looks from holder to holder in the index: they are few, their streams may be many. */
  static final String GONE =
      """
      with recursive holder as (
        (select node from messaging.consumer_streams where node is not null order by node limit 1)
        union all
        select (
          select s.node from messaging.consumer_streams s where s.node > h.node
          order by s.node limit 1)
        from holder h
        where h.node is not null)
      select h.node from holder h
      where h.node <> :node and not exists (select from saga.nodes n where n.id = h.node)
      """;

  static final String DUE =
      """
      select s.consumer, s.order_id, s.attempts, b.sequence, b.event_id, b.event_type, b.payload
      from unnest(cast(:consumers as text[]), cast(:most as integer[])) as c (consumer, most)
      cross join lateral (
        select d.consumer, d.order_id, d.attempts, d.next_at from messaging.consumer_streams d
        where d.node = :node and d.consumer = c.consumer and d.next_at <= (select saga.clock())
        order by d.next_at
        limit c.most) s
      cross join lateral (
        select e.sequence, e.event_id, e.event_type, e.payload from messaging.consumer_backlog e
        where e.consumer = s.consumer and e.order_id = s.order_id
        order by e.sequence
        limit :events) b
      order by s.consumer, s.next_at, s.order_id, b.sequence
      """;

  static final String LOCK =
      """
      select s.order_id from messaging.consumer_streams s
      join unnest(cast(:consumers as text[]), cast(:orders as uuid[])) as i (consumer, order_id)
        on s.consumer = any (array[i.consumer]) and s.order_id = i.order_id
      order by s.consumer collate "C", s.order_id
      for update of s
      """;

  static final String REMOVE =
      """
      delete from messaging.consumer_backlog b
      using unnest(cast(:consumers as text[]), cast(:orders as uuid[]), cast(:sequences as integer[]))
        as i (consumer, order_id, sequence)
      where b.consumer = any (array[i.consumer]) and b.order_id = i.order_id and b.sequence = i.sequence
      """;

  static final String CLOSE_EMPTY =
      """
      delete from messaging.consumer_streams s
      using unnest(cast(:consumers as text[]), cast(:orders as uuid[])) as i (consumer, order_id)
      where s.consumer = any (array[i.consumer]) and s.order_id = i.order_id
        and not exists (
          select from messaging.consumer_backlog b
          where b.consumer = s.consumer and b.order_id = s.order_id)
      """;

  static final String GO_ON =
      """
      update messaging.consumer_streams s
      set attempts = 0, next_at = (select saga.clock()), reason = null
      from unnest(cast(:consumers as text[]), cast(:orders as uuid[])) as i (consumer, order_id)
      where s.consumer = any (array[i.consumer]) and s.order_id = i.order_id
      """;

  private static final String RETRY =
      """
      update messaging.consumer_streams s
      set attempts = i.attempts, next_at = (select saga.clock()) + i.millis * interval '1 ms',
        reason = i.reason
      from unnest(cast(:consumers as text[]), cast(:orders as uuid[]), cast(:attempts as integer[]),
          cast(:delays as bigint[]), cast(:reasons as text[]))
        as i (consumer, order_id, attempts, millis, reason)
      where s.consumer = any (array[i.consumer]) and s.order_id = i.order_id and s.node = :node
      """;

  private static final String BURY =
      """
      with gone as (
        delete from messaging.consumer_backlog
        where consumer = :consumer and order_id = :order
          and sequence = coalesce(cast(:sequence as integer), sequence)
        returning *)
      insert into messaging.dead_letters
        (consumer, event_id, order_id, sequence, event_type, payload, reason, created_at)
      select consumer, event_id, order_id, sequence, event_type, payload, :reason, c.at
      from gone cross join (select saga.clock() as at) c
      on conflict (consumer, event_id) do nothing
      """;

  private static final String LIST =
      """
      select event_id, order_id, sequence, event_type, payload from messaging.consumer_backlog
      where consumer = :consumer
      order by order_id, sequence
      limit :limit
      """;

  private static final String WAITING =
      """
      select consumer, count(*) as events,
        extract(epoch from (select saga.clock()) - min(created_at)) * 1000 as millis
      from messaging.consumer_backlog group by consumer
      """;

  private final Transactions transactions;

  PostgresConsumerBacklog(Transactions transactions) {
    this.transactions = transactions;
  }

  /** The arrays of events that a statement takes. */
  private static final class Rows {
    private final List<String> consumers = new ArrayList<>();
    private final List<UUID> orders = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();

    void add(Stream stream, List<Event> some) {
      for (Event event : some) {
        consumers.add(stream.consumer());
        orders.add(stream.orderId());
        events.add(event);
      }
    }
  }

  @Override
  public void add(@Nullable Fence holder, List<Move> moves) {
    if (!moves.isEmpty()) {
      transactions.run(handle -> add(handle, holder, moves));
    }
  }

  private static int add(Handle handle, @Nullable Fence holder, List<Move> moves) {
    handle
        .createUpdate(OPEN)
        .bind("node", holder == null ? null : Integer.valueOf(holder.node()))
        .bindArray(
            "consumers", String.class, moves.stream().map(m -> m.stream().consumer()).toList())
        .bindArray("orders", UUID.class, moves.stream().map(m -> m.stream().orderId()).toList())
        .bindArray("attempts", Integer.class, moves.stream().map(Move::attempts).toList())
        .bindArray("delays", Long.class, moves.stream().map(m -> m.delay().toMillis()).toList())
        .bindArray("reasons", String.class, moves.stream().map(Move::reason).toArray())
        .execute();
    Rows rows = new Rows();
    moves.forEach(move -> rows.add(move.stream(), move.events()));
    return handle
        .createUpdate(ADD)
        .bindArray("consumers", String.class, rows.consumers)
        .bindArray("orders", UUID.class, rows.orders)
        .bindArray("sequences", Integer.class, rows.events.stream().map(Event::sequence).toList())
        .bindArray("events", UUID.class, rows.events.stream().map(Event::id).toList())
        .bindArray("types", String.class, rows.events.stream().map(Event::type).toList())
        .bindArray("payloads", String.class, rows.events.stream().map(Event::json).toList())
        .execute();
  }

  @Override
  public Set<Stream> waitingIn(Collection<Stream> streams) {
    if (streams.isEmpty()) {
      return Set.of();
    }
    return transactions.run(
        handle ->
            new HashSet<>(
                handle
                    .createQuery(WAITING_IN)
                    .bindArray(
                        "consumers", String.class, streams.stream().map(Stream::consumer).toList())
                    .bindArray("orders", UUID.class, streams.stream().map(Stream::orderId).toList())
                    .map(
                        (row, context) ->
                            new Stream(
                                row.getString("consumer"), row.getObject("order_id", UUID.class)))
                    .list()));
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

  private record Read(Stream stream, int attempts, Event event) {}

  private static List<Due> read(Handle handle, int node, Map<String, Integer> most) {
    List<String> consumers = List.copyOf(most.keySet());
    Map<Stream, List<Read>> streams = new LinkedHashMap<>();
    handle
        .createQuery(DUE)
        .bind("node", node)
        .bindArray("consumers", String.class, consumers)
        .bindArray("most", Integer.class, consumers.stream().map(most::get).toList())
        .bind("events", EVENTS_OF_A_STREAM)
        .map(
            (row, context) ->
                new Read(
                    new Stream(row.getString("consumer"), row.getObject("order_id", UUID.class)),
                    row.getInt("attempts"),
                    EventRows.read(row)))
        .forEach(row -> streams.computeIfAbsent(row.stream(), s -> new ArrayList<>()).add(row));
    return streams.values().stream()
        .map(
            rows ->
                new Due(
                    rows.get(0).stream(),
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
    handled.forEach(each -> rows.add(each.stream(), each.events()));
    List<Stream> streams = handled.stream().map(Handled::stream).distinct().toList();
    transactions.run(
        handle -> {
          lock(handle, streams);
          handle
              .createUpdate(REMOVE)
              .bindArray("consumers", String.class, rows.consumers)
              .bindArray("orders", UUID.class, rows.orders)
              .bindArray(
                  "sequences", Integer.class, rows.events.stream().map(Event::sequence).toList())
              .execute();
          return goOn(handle, streams);
        });
  }

  private static void lock(Handle handle, List<Stream> streams) {
    handle
        .createQuery(LOCK)
        .bindArray("consumers", String.class, streams.stream().map(Stream::consumer).toList())
        .bindArray("orders", UUID.class, streams.stream().map(Stream::orderId).toList())
        .mapTo(UUID.class)
        .list();
  }

  /** Behind the lock, in statements of their own: they see what was added before it was taken. */
  private static int goOn(Handle handle, List<Stream> streams) {
    int touched = 0;
    for (String sql : List.of(CLOSE_EMPTY, GO_ON)) {
      touched +=
          handle
              .createUpdate(sql)
              .bindArray("consumers", String.class, streams.stream().map(Stream::consumer).toList())
              .bindArray("orders", UUID.class, streams.stream().map(Stream::orderId).toList())
              .execute();
    }
    return touched;
  }

  @Override
  public void retry(Fence holder, Collection<Retry> retries) {
    if (retries.isEmpty()) {
      return;
    }
    List<Stream> streams = retries.stream().map(Retry::stream).toList();
    transactions.run(
        handle -> {
          lock(handle, streams);
          return handle
              .createUpdate(RETRY)
              .bind("node", holder.node())
              .bindArray("consumers", String.class, streams.stream().map(Stream::consumer).toList())
              .bindArray("orders", UUID.class, streams.stream().map(Stream::orderId).toList())
              .bindArray("attempts", Integer.class, retries.stream().map(Retry::attempts).toList())
              .bindArray(
                  "delays", Long.class, retries.stream().map(r -> r.delay().toMillis()).toList())
              .bindArray("reasons", String.class, retries.stream().map(Retry::reason).toList())
              .execute();
        });
  }

  @Override
  public int bury(Stream stream, @Nullable Event event, String reason) {
    return transactions.run(
        handle -> {
          lock(handle, List.of(stream));
          int buried =
              handle
                  .createUpdate(BURY)
                  .bind("consumer", stream.consumer())
                  .bind("order", stream.orderId())
                  .bind("sequence", event == null ? null : Integer.valueOf(event.sequence()))
                  .bind("reason", reason)
                  .execute();
          goOn(handle, List.of(stream));
          return buried;
        });
  }

  @Override
  public int replay(String consumer, int limit) {
    return transactions.run(
        handle -> {
          List<Inbox.DeadLetter> letters = PostgresInbox.dead(handle, consumer, limit);
          Map<Stream, List<Event>> streams = new HashMap<>();
          letters.forEach(
              letter ->
                  streams
                      .computeIfAbsent(
                          new Stream(consumer, letter.event().orderId()), s -> new ArrayList<>())
                      .add(letter.event()));
          if (!streams.isEmpty()) {
            List<Move> moves = new ArrayList<>();
            streams.forEach(
                (stream, events) -> moves.add(new Move(stream, events, 0, Duration.ZERO, null)));
            add(handle, null, moves);
          }
          letters.forEach(letter -> PostgresInbox.unbury(handle, consumer, letter.event().id()));
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
  public Map<String, Waiting> waiting() {
    return transactions.run(
        handle -> {
          Map<String, Waiting> waiting = new HashMap<>();
          handle
              .createQuery(WAITING)
              .map(
                  (row, context) ->
                      waiting.put(
                          row.getString("consumer"),
                          new Waiting(
                              row.getLong("events"),
                              Duration.ofMillis(Math.max(0, row.getLong("millis"))))))
              .list();
          return waiting;
        });
  }
}
