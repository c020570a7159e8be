package com.techcorp.jdbc.internal.write;

import com.techcorp.error.Failure;
import com.techcorp.jdbc.EffectWriter;
import com.techcorp.jdbc.Statements;
import com.techcorp.jdbc.internal.batch.UuidOrder;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.InboxEffect.Advance;
import com.techcorp.messaging.spi.InboxRules;
import com.techcorp.storage.Fence;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Moves the heads of ordered consumers, in one transaction with their effect. */
public final class InboxHeadWrites implements EffectWriter<Advance> {
  /** The rows are moved by compare-and-set, in the order of the arrays, which are sorted. */
  private static final String ADVANCE =
      """
      with i as materialized (
        select unnest(?::text[]) as consumer, unnest(?::uuid[]) as stream_id, unnest(?::text[]) as stream_type,
          unnest(?::int8[])::int as after, unnest(?::int8[])::int as sequence),
      begun as (
        insert into ${messaging}.inbox_heads (consumer, stream_id, stream_type, sequence, updated_at)
        select consumer, stream_id, stream_type, sequence, (select ${saga}.clock()) from i where after = 0
        on conflict (consumer, stream_id, stream_type) do nothing returning 1),
      moved as (
        update ${messaging}.inbox_heads h set sequence = i.sequence, updated_at = (select ${saga}.clock())
        from i where h.consumer = i.consumer and h.stream_id = i.stream_id
          and h.stream_type = i.stream_type and h.sequence = i.after
        returning 1)
      select ${saga}.expect(
        (select count(*) from begun) + (select count(*) from moved), ?, 'inbox head')
      """;

  private static final String LOCK =
      """
      select h.consumer, h.stream_id, h.stream_type, h.sequence from ${messaging}.inbox_heads h
      join unnest(?::text[], ?::uuid[], ?::text[]) as i (consumer, stream_id, stream_type)
        on h.consumer = i.consumer and h.stream_id = i.stream_id and h.stream_type = i.stream_type
      order by h.consumer collate "C", h.stream_id, h.stream_type collate "C" for update of h
      """;

  /** A consumer's way through a stream. */
  private record Key(String consumer, EventStream stream) {
    static final Comparator<Key> IN_LOCK_ORDER =
        Comparator.comparing(Key::consumer)
            .thenComparing(key -> key.stream().id(), UuidOrder.BY_BYTES)
            .thenComparing(key -> key.stream().type());

    static Key of(Advance advance) {
      return new Key(advance.consumer(), advance.stream());
    }
  }

  /** The move of one row by a batch. */
  private record Move(Key key, int after, int sequence) {
    Move then(Move next) {
      if (next.after != sequence) {
        throw new GuardFailedException("inbox heads out of sequence in a batch");
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
        Statements.uuids(sorted, move -> move.key().stream().id()),
        Statements.texts(sorted, move -> move.key().stream().type()),
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
            heads.load(
                new Key(
                    rows.getString(1),
                    new EventStream(rows.getString(3), rows.getObject(2, UUID.class))),
                rows.getInt(4));
          }
        },
        LOCK,
        Statements.texts(keys, Key::consumer),
        Statements.uuids(keys, key -> key.stream().id()),
        Statements.texts(keys, key -> key.stream().type()));
    return new HeadGuard(heads);
  }

  private record HeadGuard(Overlay<Key, Integer> heads) implements Guard<Advance> {
    @Override
    public @Nullable Failure admit(Advance advance) {
      Key key = Key.of(advance);
      Integer head = heads.get(key);
      return InboxRules.decide(advance, head == null ? 0 : head)
          .ifAccepted(sequence -> heads.put(key, sequence));
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
