package com.techcorp.jdbc.internal.write;

import com.techcorp.jdbc.EffectWriter.GuardFailedException;
import com.techcorp.jdbc.internal.batch.UuidOrder;
import com.techcorp.order.OrderHead;
import com.techcorp.order.spi.OrderEffect;
import com.techcorp.order.spi.OrderEffect.Append;
import com.techcorp.order.spi.OrderEffect.Create;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The change of one order by a statement: its row, if it is new, and one or two events. */
final class OrderChange {
  /** The most events of an order that one statement appends; more go into another one. */
  static final int EVENTS = 2;

  final UUID id;
  final @Nullable Create create;
  final int after;
  final List<String> types = new ArrayList<>(EVENTS);
  final List<String> data = new ArrayList<>(EVENTS);
  OrderHead head = OrderHead.CREATED;

  private OrderChange(UUID id, @Nullable Create create, int after) {
    this.id = id;
    this.create = create;
    this.after = after;
  }

  private boolean full() {
    return types.size() == EVENTS;
  }

  private void add(String type, String json, OrderHead then) {
    types.add(type);
    data.add(json);
    head = then;
  }

  /**
   * Splits effects into waves; one statement changes each order at most once. Normally there is one
   * wave.
   */
  static List<Map<UUID, OrderChange>> waves(List<OrderEffect> effects) {
    List<Map<UUID, OrderChange>> waves = new ArrayList<>();
    Map<UUID, OrderChange> last = new HashMap<>();
    Map<UUID, Integer> used = new HashMap<>();
    for (OrderEffect effect : effects) {
      UUID id = effect.orderId();
      OrderChange change = last.get(id);
      if (effect instanceof Create || change == null || change.full()) {
        change = begun(effect, change);
        int wave = used.merge(id, 1, Integer::sum);
        if (wave > waves.size()) {
          waves.add(new TreeMap<>(UuidOrder.BY_BYTES));
        }
        waves.get(wave - 1).put(id, change);
        last.put(id, change);
      }
      add(effect, change);
    }
    return waves;
  }

  private static OrderChange begun(OrderEffect effect, @Nullable OrderChange before) {
    if (effect instanceof Append append) {
      int after = append.head().lastSeq() - 1;
      inSequence(before, after);
      return new OrderChange(append.orderId(), null, after);
    }
    if (before != null) {
      throw new GuardFailedException("the same order twice in a batch");
    }
    return new OrderChange(effect.orderId(), (Create) effect, 0);
  }

  private static void add(OrderEffect effect, OrderChange change) {
    if (effect instanceof Append append) {
      if (!change.types.isEmpty()) {
        inSequence(change, append.head().lastSeq() - 1);
      }
      change.add(append.type().name(), append.data(), append.head());
    } else {
      change.add("CREATED", ((Create) effect).data(), OrderHead.CREATED);
    }
  }

  private static void inSequence(@Nullable OrderChange before, int after) {
    if (before != null && before.head.lastSeq() != after) {
      throw new GuardFailedException("order events out of sequence in a batch");
    }
  }
}
