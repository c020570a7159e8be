package com.techcorp.jdbc.internal.read;

import com.techcorp.jdbc.internal.batch.Transactions;
import com.techcorp.messaging.EventStream;
import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.spi.DeliveryLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Keeps deliveries in {@code notifications.delivery_log}. */
public final class PostgresDeliveryLog implements DeliveryLog {
  private static final String INSERT =
      """
      insert into ${notifications}.delivery_log
        (id, event_id, stream_type, stream_id, user_id, channel, recipient, template, status,
         created_at, updated_at)
      select :id, :event, :type, :stream, :user, :channel, :recipient, :template, 'QUEUED', t.now, t.now
      from (select ${saga}.clock() as now) t
      on conflict on constraint one_delivery do nothing
      returning *
      """;

  private static final String FIND =
      """
      select * from ${notifications}.delivery_log
      where event_id = :event and channel = :channel and recipient = :recipient
      """;

  private static final String MOVE =
      """
      update ${notifications}.delivery_log
      set status = :to,
        attempt = attempt + case when :to = 'SENDING' then 1 else 0 end,
        last_error = :error,
        updated_at = ${saga}.clock()
      where id = :id and status = any (:from)
      """;

  private static final String BY_ID =
      """
      select * from ${notifications}.delivery_log where id = :id
      """;

  private static final String ABOUT =
      """
      select * from ${notifications}.delivery_log
      where stream_type = :type and stream_id = :stream order by created_at, id
      """;

  private static final String ABANDON =
      """
      update ${notifications}.delivery_log
      set status = 'AMBIGUOUS', last_error = 'the process that sent it is gone',
        updated_at = ${saga}.clock()
      where undecided
        and status = 'SENDING'
        and updated_at < (select ${saga}.clock()) - :millis * interval '1 millisecond'
      """;

  private final Transactions transactions;

  public PostgresDeliveryLog(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Delivery queue(Draft draft) {
    return transactions.run(handle -> insert(handle, draft));
  }

  private static Delivery insert(Handle handle, Draft draft) {
    return handle
        .createQuery(INSERT)
        .bind("id", draft.id())
        .bind("event", draft.eventId())
        .bind("type", draft.stream().type())
        .bind("stream", draft.stream().id())
        .bind("user", draft.userId())
        .bind("channel", draft.channel())
        .bind("recipient", draft.recipient())
        .bind("template", draft.template())
        .map((row, context) -> read(row))
        .findOne()
        .orElseGet(() -> find(handle, draft));
  }

  /**
   * Reads the row in a separate statement, because the insert does not see the row that it
   * conflicted with.
   */
  private static Delivery find(Handle handle, Draft draft) {
    return handle
        .createQuery(FIND)
        .bind("event", draft.eventId())
        .bind("channel", draft.channel())
        .bind("recipient", draft.recipient())
        .map((row, context) -> read(row))
        .one();
  }

  @Override
  public boolean move(
      UUID id, Set<DeliveryStatus> from, DeliveryStatus to, @Nullable String error) {
    Object[] states = from.stream().map(Enum::name).toArray();
    return transactions.run(
        handle ->
            handle
                    .createUpdate(MOVE)
                    .bind("id", id)
                    .bindArray("from", String.class, states)
                    .bind("to", to.name())
                    .bind("error", error)
                    .execute()
                == 1);
  }

  @Override
  public Optional<Delivery> find(UUID id) {
    return transactions.run(
        handle ->
            handle.createQuery(BY_ID).bind("id", id).map((row, context) -> read(row)).findOne());
  }

  @Override
  public List<Delivery> about(EventStream stream) {
    return transactions.run(
        handle ->
            handle
                .createQuery(ABOUT)
                .bind("type", stream.type())
                .bind("stream", stream.id())
                .map((row, context) -> read(row))
                .list());
  }

  @Override
  public int abandonSending(Duration olderThan) {
    return transactions.run(
        handle -> handle.createUpdate(ABANDON).bind("millis", olderThan.toMillis()).execute());
  }

  private static Delivery read(ResultSet row) throws SQLException {
    return new Delivery(
        row.getObject("id", UUID.class),
        row.getObject("event_id", UUID.class),
        new EventStream(row.getString("stream_type"), row.getObject("stream_id", UUID.class)),
        row.getObject("user_id", UUID.class),
        row.getString("channel"),
        row.getString("recipient"),
        row.getString("template"),
        new Delivery.Progress(
            DeliveryStatus.valueOf(row.getString("status")),
            row.getInt("attempt"),
            row.getString("last_error"),
            instant(row, "created_at"),
            instant(row, "updated_at")));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
