package com.techcorp.jdbc.internal.write;

import com.techcorp.error.Failure;
import com.techcorp.jdbc.EffectWriter.Guard;
import com.techcorp.jdbc.Statements;
import com.techcorp.order.spi.OrderEffect;
import com.techcorp.order.spi.OrderRules;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Loads and locks the orders that {@link OrderRules} decide about. */
final class OrderGuard implements Guard<OrderEffect> {
  private static final String LOCK =
      """
      select o.id, o.last_seq from ${orders}.orders o where o.id = any (?::uuid[]) order by o.id for update
      """;

  private static final String YEAR =
      "select extract(year from (select ${saga}.clock()) at time zone 'UTC')::int";

  private final Overlay<UUID, Integer> lastSeq = new Overlay<>();
  private int year;

  private OrderGuard() {}

  static OrderGuard over(List<OrderEffect> effects, Statements to) {
    OrderGuard guard = new OrderGuard();
    List<UUID> ids = effects.stream().map(OrderEffect::orderId).distinct().sorted().toList();
    to.query(
        rows -> {
          while (rows.next()) {
            guard.lastSeq.load(rows.getObject(1, UUID.class), rows.getInt(2));
          }
        },
        LOCK,
        Statements.uuids(ids));
    to.query(
        rows -> {
          rows.next();
          guard.year = rows.getInt(1);
        },
        YEAR);
    return guard;
  }

  @Override
  public @Nullable Failure admit(OrderEffect effect) {
    UUID id = effect.orderId();
    return OrderRules.decide(effect, lastSeq.get(id), year)
        .ifAccepted(sequence -> lastSeq.put(id, sequence));
  }

  @Override
  public void keep() {
    lastSeq.keep();
  }

  @Override
  public void undo() {
    lastSeq.undo();
  }
}
