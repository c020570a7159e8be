package com.techcorp.jdbc.internal.read;

import com.techcorp.jdbc.Statements;
import com.techcorp.jdbc.internal.batch.StatementBatch;
import com.techcorp.jdbc.internal.batch.Transactions;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.spi.Outbox;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps events to publish in {@code messaging.outbox}. */
public final class PostgresOutbox implements Outbox {
  private static final UUID BEFORE_ALL = new UUID(0, 0);
  private static final String BEFORE_ALL_TYPES = "";

  /**
   * Locks rows and skips those that another relay is taking or removing, so that relays never wait
   * for each other.
   */
  public static final String CLAIM_NOBODYS =
      """
      update ${messaging}.outbox o set node = :node
      from (
        select ordering_key, stream_type, sequence from ${messaging}.outbox
        where node is null
        order by node, ordering_key, stream_type, sequence
        limit :limit
        for update skip locked) f
      where o.ordering_key = any (array[f.ordering_key]) and o.stream_type = f.stream_type
        and o.sequence = f.sequence
      """;

  public static final String CLAIM_OF_THE_GONE =
      """
      update ${messaging}.outbox o set node = :node
      from (
        select ordering_key, stream_type, sequence from ${messaging}.outbox
        where node = :gone
        order by ordering_key, stream_type, sequence
        limit :limit
        for update skip locked) f
      where o.ordering_key = any (array[f.ordering_key]) and o.stream_type = f.stream_type
        and o.sequence = f.sequence
      """;

  /** Looks from holder to holder in the index: they are few, their events may be many. */
  public static final String GONE =
      """
      with recursive holder as (
        (select node from ${messaging}.outbox where node is not null order by node limit 1)
        union all
        select (
          select o.node from ${messaging}.outbox o where o.node > h.node order by o.node limit 1)
        from holder h
        where h.node is not null)
      select h.node from holder h
      where h.node <> :node and not exists (select from ${saga}.nodes n where n.id = h.node)
      """;

  /** Skips rows that a relay is removing; those are not stuck. */
  public static final String RELEASE =
      """
      update ${messaging}.outbox o set node = null
      from (
        select ordering_key, stream_type, sequence from ${messaging}.outbox
        where node = :node and created_at < ${saga}.clock() - :millis * interval '1 ms'
        for update skip locked) f
      where o.ordering_key = any (array[f.ordering_key]) and o.stream_type = f.stream_type
        and o.sequence = f.sequence
      """;

  public static final String HELD =
      """
      select o.event_id, o.stream_type, o.stream_id, o.sequence, o.event_type, o.payload
      from ${messaging}.outbox o
      where o.node = :node and (o.ordering_key, o.stream_type) > (:afterKey, :afterType)
        and (o.sequence <= 1 or not exists (
          select from ${messaging}.outbox before
          where before.ordering_key = o.ordering_key and before.stream_type = o.stream_type
            and before.sequence < o.sequence and before.node is distinct from :node))
      order by o.ordering_key, o.stream_type, o.sequence
      limit :limit
      """;

  public static final String REMOVE =
      "delete from ${messaging}.outbox where ordering_key = any (?::uuid[]) and event_id = any (?::uuid[])";

  private static final String BACKLOG =
      """
      select count(*) as events,
        coalesce(extract(epoch from ${saga}.clock() - min(created_at)) * 1000, 0)::bigint as millis
      from ${messaging}.outbox
      """;

  private final Transactions transactions;

  public PostgresOutbox(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public int claim(int node, int limit) {
    return transactions.run(
        handle -> {
          int claimed =
              handle.createUpdate(CLAIM_NOBODYS).bind("node", node).bind("limit", limit).execute();
          for (int gone : handle.createQuery(GONE).bind("node", node).mapTo(Integer.class).list()) {
            claimed +=
                handle
                    .createUpdate(CLAIM_OF_THE_GONE)
                    .bind("node", node)
                    .bind("gone", gone)
                    .bind("limit", limit - claimed)
                    .execute();
          }
          return claimed;
        });
  }

  @Override
  public int release(int node, Duration olderThan) {
    return transactions.run(
        handle ->
            handle
                .createUpdate(RELEASE)
                .bind("node", node)
                .bind("millis", olderThan.toMillis())
                .execute());
  }

  @Override
  public List<Event> held(int node, @Nullable EventStream after, int limit) {
    return transactions.run(
        handle ->
            handle
                .createQuery(HELD)
                .bind("node", node)
                .bind("afterKey", after == null ? BEFORE_ALL : after.id())
                .bind("afterType", after == null ? BEFORE_ALL_TYPES : after.type())
                .bind("limit", limit)
                .map((row, context) -> EventRows.read(row))
                .list());
  }

  @Override
  public void remove(Collection<Event> events) {
    List<UUID> keys = events.stream().map(event -> event.orderingKey().id()).distinct().toList();
    transactions.run(
        handle -> {
          StatementBatch removal = transactions.statements();
          removal.add(REMOVE, Statements.uuids(keys), Statements.uuids(events, Event::id));
          removal.executeOn(handle);
          return null;
        });
  }

  @Override
  public Backlog backlog() {
    return transactions.run(
        handle ->
            handle
                .createQuery(BACKLOG)
                .map(
                    (row, context) ->
                        new Backlog(
                            row.getLong("events"),
                            Duration.ofMillis(Math.max(0, row.getLong("millis")))))
                .one());
  }
}
