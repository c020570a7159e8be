package com.techcorp.jdbc;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.Outbox;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@link Outbox} in {@code messaging.outbox} and {@code messaging.relay_lease}. */
final class PostgresOutbox implements Outbox {
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private static final String HOLD =
      """
      update messaging.relay_lease
      set holder = :relay, valid_until = saga.clock() + :millis * interval '1 millisecond'
      where name = 'outbox'
        and (holder is null or holder = :relay or valid_until <= saga.clock())
      """;

  static final String OLDEST =
      """
      select event_id, order_id, sequence, event_type, payload
      from messaging.outbox
      where order_id > :after
      order by order_id, sequence
      limit :limit
      """;

  /** Locks the lease first, so that nobody takes it over before this transaction has ended. */
  static final String PUBLISHED =
      """
      with held as materialized (
        select 1 from messaging.relay_lease
        where name = 'outbox' and holder = :relay and valid_until > saga.clock()
        for share
      ), gone as (
        delete from messaging.outbox
        where (select count(*) from held) = 1
          and order_id = any (:orders)
          and event_id = any (:events)
      )
      select count(*) from held
      """;

  private static final String BACKLOG =
      """
      select count(*) as events,
        coalesce(extract(epoch from saga.clock() - min(created_at)) * 1000, 0)::bigint as millis
      from messaging.outbox
      """;

  private final Transactions transactions;

  PostgresOutbox(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public boolean hold(UUID relay, Duration lease) {
    return transactions.run(
        handle ->
            handle
                    .createUpdate(HOLD)
                    .bind("relay", relay)
                    .bind("millis", lease.toMillis())
                    .execute()
                == 1);
  }

  @Override
  public List<Event> oldest(@Nullable UUID after, int limit) {
    return transactions.run(
        handle ->
            handle
                .createQuery(OLDEST)
                .bind("after", after == null ? BEFORE_ALL : after)
                .bind("limit", limit)
                .map((row, context) -> EventRows.read(row))
                .list());
  }

  @Override
  public boolean published(UUID relay, Collection<Event> events) {
    UUID[] orders = events.stream().map(Event::orderId).distinct().toArray(UUID[]::new);
    UUID[] ids = events.stream().map(Event::id).toArray(UUID[]::new);
    return transactions.run(
        handle ->
            handle
                    .createQuery(PUBLISHED)
                    .bind("relay", relay)
                    .bindArray("orders", UUID.class, (Object[]) orders)
                    .bindArray("events", UUID.class, (Object[]) ids)
                    .mapTo(Long.class)
                    .one()
                == 1);
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
