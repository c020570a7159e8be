package com.techcorp.jdbc.internal.read;

import com.techcorp.jdbc.internal.batch.Transactions;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.Inbox;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** {@link Inbox} in {@code messaging.inbox} and {@code messaging.dead_letters}. */
public final class PostgresInbox implements Inbox {
  private static final String HAS =
      """
      select exists (
        select 1 from ${messaging}.inbox where consumer = :consumer and event_id = :event)
      """;

  private static final String HEAD =
      """
      select coalesce(max(sequence), 0) from ${messaging}.inbox_heads
      where consumer = :consumer and stream_id = :id and stream_type = :type
      """;

  private static final String ADD_DEAD_LETTER =
      """
      insert into ${messaging}.dead_letters
        (consumer, event_id, stream_type, stream_id, sequence, event_type, payload, reason, created_at)
      values (:consumer, :event, :streamType, :streamId, :sequence, :type, cast(:payload as json), :reason,
        ${saga}.clock())
      on conflict (consumer, event_id) do nothing
      """;

  private static final String DEAD =
      """
      select event_id, stream_type, stream_id, sequence, event_type, payload, reason
      from ${messaging}.dead_letters
      where consumer = :consumer
      order by created_at, stream_id, stream_type, sequence
      limit :limit
      """;

  private static final String REMOVE_DEAD_LETTER =
      """
      delete from ${messaging}.dead_letters where consumer = :consumer and event_id = :event
      """;

  private final Transactions transactions;

  public PostgresInbox(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public boolean has(String consumer, UUID eventId) {
    return transactions.run(
        handle ->
            handle
                .createQuery(HAS)
                .bind("consumer", consumer)
                .bind("event", eventId)
                .mapTo(Boolean.class)
                .one());
  }

  @Override
  public int head(String consumer, EventStream stream) {
    return transactions.read(
        handle ->
            handle
                .createQuery(HEAD)
                .bind("consumer", consumer)
                .bind("id", stream.id())
                .bind("type", stream.type())
                .mapTo(Integer.class)
                .one());
  }

  @Override
  public void addDeadLetter(String consumer, Event event, String reason) {
    transactions.run(
        handle ->
            handle
                .createUpdate(ADD_DEAD_LETTER)
                .bind("consumer", consumer)
                .bind("event", event.id())
                .bind("streamType", event.stream().type())
                .bind("streamId", event.stream().id())
                .bind("sequence", event.sequence())
                .bind("type", event.type())
                .bind("payload", event.json())
                .bind("reason", reason)
                .execute());
  }

  @Override
  public List<DeadLetter> dead(String consumer, int limit) {
    return transactions.run(handle -> dead(handle, consumer, limit));
  }

  public static List<DeadLetter> dead(Handle handle, String consumer, int limit) {
    return handle
        .createQuery(DEAD)
        .bind("consumer", consumer)
        .bind("limit", limit)
        .map((row, context) -> new DeadLetter(EventRows.read(row), row.getString("reason")))
        .list();
  }

  @Override
  public void removeDeadLetter(String consumer, UUID eventId) {
    transactions.run(handle -> removeDeadLetter(handle, consumer, eventId));
  }

  public static int removeDeadLetter(Handle handle, String consumer, UUID eventId) {
    return handle
        .createUpdate(REMOVE_DEAD_LETTER)
        .bind("consumer", consumer)
        .bind("event", eventId)
        .execute();
  }
}
