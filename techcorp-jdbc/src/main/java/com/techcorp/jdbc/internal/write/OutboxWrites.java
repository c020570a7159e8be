package com.techcorp.jdbc.internal.write;

import com.techcorp.jdbc.EffectWriter;
import com.techcorp.jdbc.Statements;
import com.techcorp.jdbc.internal.batch.StatementBatch;
import com.techcorp.jdbc.internal.batch.Times;
import com.techcorp.messaging.OutboxEffect;
import com.techcorp.messaging.OutboxEffect.Publish;
import com.techcorp.storage.Fence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events to publish, in the transaction that caused them. */
public final class OutboxWrites implements EffectWriter<OutboxEffect> {
  /** The time is put into the text: merging two documents costs several times as much. */
  private static final String PUBLISH =
      """
      insert into ${messaging}.outbox
        (event_id, stream_type, stream_id, sequence, event_type, payload, created_at, node)
      select i.event_id, i.stream_type, i.stream_id, i.sequence, i.type,
        (i.payload || t.stamp)::json, t.at, ?::int4
      from (
        select unnest(?::uuid[]) as event_id, unnest(?::text[]) as stream_type,
          unnest(?::uuid[]) as stream_id, unnest(?::int8[]) as sequence, unnest(?::text[]) as type, unnest(?::text[]) as payload) i
      cross join (
        select c.at, '"timestamp":"' || to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')
          || 'Z"}' as stamp
        from (select ${saga}.clock() as at) c offset 0) t
      returning created_at
      """;

  @Override
  public Class<OutboxEffect> type() {
    return OutboxEffect.class;
  }

  @Override
  public int rank() {
    return 50;
  }

  @Override
  public void write(List<OutboxEffect> effects, @Nullable Fence fence, Statements to) {
    List<Publish> events = effects.stream().map(Publish.class::cast).toList();
    to.query(
        rows -> {
          rows.next();
          StatementBatch.of(to).eventsAt(Times.instant(rows, "created_at"));
        },
        PUBLISH,
        fence == null ? null : fence.node(),
        Statements.uuids(events, Publish::eventId),
        Statements.texts(events, event -> event.stream().type()),
        Statements.uuids(events, event -> event.stream().id()),
        Statements.longs(events, e -> (long) e.sequence()),
        Statements.texts(events, Publish::type),
        Statements.texts(events, Publish::payloadBeforeTimestamp));
  }

  @Override
  public Guard<OutboxEffect> guard(
      List<OutboxEffect> effects, @Nullable Fence fence, Statements to) {
    return effect -> null;
  }
}
