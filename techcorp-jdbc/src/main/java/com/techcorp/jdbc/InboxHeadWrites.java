package com.techcorp.jdbc;

import com.techcorp.messaging.InboxEffect;
import com.techcorp.messaging.InboxEffect.Advance;
import com.techcorp.saga.Failure;
import com.techcorp.saga.Fence;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far consumers that need order are, moved on in one transaction with the effect. */
final class InboxHeadWrites implements EffectWriter<Advance> {
  /** The rows are moved by compare-and-set, in the order of the arrays, which are sorted. */
  private static final String ADVANCE =
      """
      with i as materialized (
        select unnest(?::text[]) as consumer, unnest(?::uuid[]) as order_id,
          unnest(?::int8[])::int as after, unnest(?::int8[])::int as sequence),
      begun as (
        insert into messaging.inbox_heads (consumer, order_id, sequence, updated_at)
        select consumer, order_id, sequence, (select saga.clock()) from i where after = 0
        on conflict (consumer, order_id) do nothing returning 1),
      moved as (
        update messaging.inbox_heads h set sequence = i.sequence, updated_at = (select saga.clock())
        from i where h.consumer = i.consumer and h.order_id = i.order_id and h.sequence = i.after
        returning 1)
      select saga.expect(
        (select count(*) from begun) + (select count(*) from moved), ?, 'inbox head')
      """;

  private static final String LOCK =
      """
      select h.consumer, h.order_id, h.sequence from messaging.inbox_heads h
      join unnest(?::text[], ?::uuid[]) as i (consumer, order_id)
        on h.consumer = i.consumer and h.order_id = i.order_id
      order by h.consumer collate "C", h.order_id for update of h
      """;

  /** A consumer's way through an order. */
  private record Key(String consumer, UUID orderId) {
    static final Comparator<Key> IN_LOCK_ORDER =
        Comparator.comparing(Key::consumer).thenComparing(Key::orderId, UuidOrder.BY_BYTES);

    static Key of(Advance advance) {
      return new Key(advance.consumer(), advance.orderId());
    }
  }

  /** What a batch does to one row. */
  private record Move(Key key, int after, int sequence) {
    Move then(Move next) {
      if (next.after != sequence) {
        throw new GuardFailed("inbox heads out of sequence in a batch");
      }
      return new Move(key, after, next.sequence);
    }
  }

  @Override
  public Class<Advance> type() {
    return Advance.class;
  }

  @Override
  public int rank() {
    return 50;
  }

  @Override
  public void write(List<Advance> effects, @Nullable Fence fence, Statements to) {
    Map<Key, Move> moves = new TreeMap<>(Key.IN_LOCK_ORDER);
    for (Advance advance : effects) {
      Key key = Key.of(advance);
      moves.merge(key, new Move(key, advance.sequence() - 1, advance.sequence()), Move::then);
    }
    Collection<Move> sorted = moves.values();
    to.add(
        ADVANCE,
        Statements.texts(sorted, move -> move.key().consumer()),
        Statements.uuids(sorted, move -> move.key().orderId()),
        Statements.longs(sorted, move -> (long) move.after()),
        Statements.longs(sorted, move -> (long) move.sequence()),
        (long) sorted.size());
  }

  @Override
  public Guard<Advance> guard(List<Advance> effects, @Nullable Fence fence, Statements to) {
    Overlay<Key, Integer> heads = new Overlay<>();
    List<Key> keys = effects.stream().map(Key::of).distinct().sorted(Key.IN_LOCK_ORDER).toList();
    to.query(
        rows -> {
          while (rows.next()) {
            heads.load(new Key(rows.getString(1), rows.getObject(2, UUID.class)), rows.getInt(3));
          }
        },
        LOCK,
        Statements.texts(keys, Key::consumer),
        Statements.uuids(keys, Key::orderId));
    return new HeadGuard(heads);
  }

  private record HeadGuard(Overlay<Key, Integer> heads) implements Guard<Advance> {
    @Override
    public @Nullable Failure admit(Advance advance) {
      Key key = Key.of(advance);
      Integer found = heads.get(key);
      int head = found == null ? 0 : found;
      if (advance.sequence() <= head) {
        return Failure.of(
            InboxEffect.DUPLICATE,
            "consumer " + advance.consumer() + " has had this event of " + advance.orderId());
      }
      if (advance.sequence() > head + 1) {
        return new Failure(
            InboxEffect.EARLY,
            "consumer "
                + advance.consumer()
                + " has not had event "
                + (head + 1)
                + " of this order",
            Map.of(InboxEffect.HEAD, Integer.toString(head)));
      }
      heads.put(key, advance.sequence());
      return null;
    }

    @Override
    public void keep() {
      heads.keep();
    }

    @Override
    public void undo() {
      heads.undo();
    }
  }
}
