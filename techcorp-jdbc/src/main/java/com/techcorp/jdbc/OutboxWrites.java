package com.techcorp.jdbc;

import com.techcorp.messaging.OutboxEffect;
import com.techcorp.messaging.OutboxEffect.Publish;
import com.techcorp.saga.Fence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events to publish, in the transaction that caused them. */
final class OutboxWrites implements EffectWriter<OutboxEffect> {
  /** Ordered, so that an order's events get ascending ids. */
  private static final String PUBLISH =
      """
      insert into messaging.outbox (event_id, order_id, sequence, event_type, payload, created_at)
      select i.event_id, i.order_id, i.sequence, i.type, i.payload::jsonb || jsonb_build_object(
        'timestamp', to_char(t.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')), t.at
      from unnest(?::uuid[], ?::uuid[], ?::int8[], ?::text[], ?::text[]) with ordinality
        as i (event_id, order_id, sequence, type, payload, n)
      cross join (select saga.clock() as at) t
      order by i.n
      """;

  @Override
  public Class<OutboxEffect> type() {
    return OutboxEffect.class;
  }

  @Override
  public int rank() {
    return 60;
  }

  @Override
  public void write(List<OutboxEffect> effects, @Nullable Fence fence, Statements to) {
    List<Publish> events = effects.stream().map(Publish.class::cast).toList();
    to.add(
        PUBLISH,
        Statements.uuids(events, Publish::eventId),
        Statements.uuids(events, Publish::orderId),
        Statements.longs(events, e -> (long) e.sequence()),
        Statements.texts(events, Publish::type),
        Statements.texts(events, Publish::payload));
  }

  @Override
  public Guard<OutboxEffect> guard(
      List<OutboxEffect> effects, @Nullable Fence fence, Statements to) {
    return effect -> null;
  }
}
