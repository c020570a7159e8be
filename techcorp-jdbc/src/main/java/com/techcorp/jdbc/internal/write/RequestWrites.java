package com.techcorp.jdbc.internal.write;

import com.techcorp.error.Failure;
import com.techcorp.inventory.spi.HoldRequestEffect;
import com.techcorp.inventory.spi.HoldRequestEffect.Kind;
import com.techcorp.inventory.spi.StockRules;
import com.techcorp.jdbc.EffectWriter;
import com.techcorp.jdbc.Statements;
import com.techcorp.jdbc.internal.batch.UuidOrder;
import com.techcorp.storage.Fence;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the first request for an order's stock; the primary key refuses the second. */
public final class RequestWrites implements EffectWriter<HoldRequestEffect> {
  private static final String ASK =
      """
      insert into ${inventory}.requests (order_id, kind, created_at)
      select i.order_id, i.kind, (select ${saga}.clock())
      from (select unnest(?::uuid[]) as order_id, unnest(?::text[]) as kind) i
      """;

  private static final String READ =
      "select order_id, kind from ${inventory}.requests where order_id = any (?::uuid[])";

  @Override
  public Class<HoldRequestEffect> type() {
    return HoldRequestEffect.class;
  }

  /** Returns the rank of idempotency keys, because a request is one. */
  @Override
  public int rank() {
    return 10;
  }

  @Override
  public void write(List<HoldRequestEffect> effects, @Nullable Fence fence, Statements to) {
    List<HoldRequestEffect> sorted =
        effects.stream()
            .sorted(Comparator.comparing(HoldRequestEffect::orderId, UuidOrder.BY_BYTES))
            .toList();
    to.add(
        ASK,
        Statements.uuids(sorted, HoldRequestEffect::orderId),
        Statements.texts(sorted, e -> e.kind().name()));
  }

  @Override
  public Guard<HoldRequestEffect> guard(
      List<HoldRequestEffect> effects, @Nullable Fence fence, Statements to) {
    Overlay<UUID, Kind> asked = new Overlay<>();
    to.query(
        rows -> {
          while (rows.next()) {
            asked.load(rows.getObject(1, UUID.class), Kind.valueOf(rows.getString(2)));
          }
        },
        READ,
        Statements.uuids(effects.stream().map(HoldRequestEffect::orderId).distinct().toList()));
    return new RequestGuard(asked);
  }

  private record RequestGuard(Overlay<UUID, Kind> asked) implements Guard<HoldRequestEffect> {
    @Override
    public @Nullable Failure admit(HoldRequestEffect effect) {
      return StockRules.decide(effect, asked.get(effect.orderId()))
          .ifAccepted(kind -> asked.put(effect.orderId(), kind));
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
