package com.techcorp.jdbc;

import com.techcorp.inventory.RequestEffect;
import com.techcorp.inventory.RequestEffect.Kind;
import com.techcorp.saga.Failure;
import com.techcorp.saga.Fence;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was asked first of an order's stock; the primary key tells who came second. */
final class RequestWrites implements EffectWriter<RequestEffect> {
  private static final String ASK =
      """
      insert into inventory.requests (order_id, kind, created_at)
      select i.order_id, i.kind, (select saga.clock())
      from (select unnest(?::uuid[]) as order_id, unnest(?::text[]) as kind) i
      """;

  private static final String READ =
      "select order_id, kind from inventory.requests where order_id = any (?::uuid[])";

  @Override
  public Class<RequestEffect> type() {
    return RequestEffect.class;
  }

  /** It is an idempotency key. */
  @Override
  public int rank() {
    return 10;
  }

  @Override
  public void write(List<RequestEffect> effects, @Nullable Fence fence, Statements to) {
    List<RequestEffect> sorted =
        effects.stream()
            .sorted(Comparator.comparing(RequestEffect::orderId, UuidOrder.BY_BYTES))
            .toList();
    to.add(
        ASK,
        Statements.uuids(sorted, RequestEffect::orderId),
        Statements.texts(sorted, e -> e.kind().name()));
  }

  @Override
  public Guard<RequestEffect> guard(
      List<RequestEffect> effects, @Nullable Fence fence, Statements to) {
    Overlay<UUID, Kind> asked = new Overlay<>();
    to.query(
        rows -> {
          while (rows.next()) {
            asked.load(rows.getObject(1, UUID.class), Kind.valueOf(rows.getString(2)));
          }
        },
        READ,
        Statements.uuids(effects.stream().map(RequestEffect::orderId).distinct().toList()));
    return new RequestGuard(asked);
  }

  private record RequestGuard(Overlay<UUID, Kind> asked) implements Guard<RequestEffect> {
    @Override
    public @Nullable Failure admit(RequestEffect effect) {
      Kind before = asked.get(effect.orderId());
      if (before != null) {
        return new Failure(
            RequestEffect.TAKEN,
            "for order " + effect.orderId() + " was asked before: " + before,
            Map.of("detail", before.name()));
      }
      asked.put(effect.orderId(), effect.kind());
      return null;
    }

    @Override
    public void keep() {
      asked.keep();
    }

    @Override
    public void undo() {
      asked.undo();
    }
  }
}
