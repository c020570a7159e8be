package com.techcorp.jdbc.internal.write;

import com.techcorp.error.Failure;
import com.techcorp.jdbc.EffectWriter;
import com.techcorp.jdbc.Statements;
import com.techcorp.jdbc.internal.batch.UuidOrder;
import com.techcorp.order.OrderHead;
import com.techcorp.order.OrderLine;
import com.techcorp.order.OrderRefundStatus;
import com.techcorp.order.spi.OrderEffect;
import com.techcorp.order.spi.OrderEffect.Append;
import com.techcorp.order.spi.OrderEffect.Create;
import com.techcorp.order.spi.OrderRules;
import com.techcorp.storage.Fence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Orders, their items and their chained events; the hash is computed over what is stored. */
public final class OrderWrites implements EffectWriter<OrderEffect> {
  /** The most events of an order that one statement appends; more go into another one. */
  private static final int EVENTS = 2;

  private static final String CREATE =
      """
      with n as materialized (
        select i.*, t.at, ${orders}.link('', i.id, 1, i.type1, i.data1, t.at) as hash1
        from (
          select unnest(?::uuid[]) as id, unnest(?::text[]) as number, unnest(?::uuid[]) as user_id,
            unnest(?::uuid[]) as cart_id, unnest(?::uuid[]) as address_id,
            unnest(?::int8[]) as amount, unnest(?::text[]) as currency,
            unnest(?::uuid[]) as hold_token, unnest(?::text[]) as type1,
            unnest(?::text[])::jsonb as data1, unnest(?::text[]) as type2,
            unnest(?::text[])::jsonb as data2, unnest(?::text[]) as status,
            unnest(?::text[]) as cancel_reason, unnest(?::text[]) as cancel_detail,
            unnest(?::text[]) as refund_status, unnest(?::int8[]) as published) i
        cross join (select ${saga}.clock() as at) t),
      c as materialized (
        select n.*, case when type2 is not null
          then ${orders}.link(hash1, id, 2, type2, data2, at) end as hash2 from n),
      o as (
        insert into ${orders}.orders (id, order_number, user_id, cart_id, shipping_address_id, amount,
          currency, status, cancel_reason, cancel_detail, refund_status, last_seq, published, last_hash,
          created_at, updated_at, hold_token)
        select id, number, user_id, cart_id, address_id, amount, currency, status, cancel_reason,
          cancel_detail, refund_status, case when type2 is null then 1 else 2 end, published,
          coalesce(hash2, hash1), at, at, hold_token
        from c),
      e as (
        insert into ${orders}.order_events (order_id, seq, event_type, event_data, created_at, hash)
        select id, 1, type1, data1, at, hash1 from c
        union all
        select id, 2, type2, data2, at, hash2 from c where type2 is not null),
      l as (
        insert into ${orders}.order_items (order_id, product_id, quantity, unit_price)
        select unnest(?::uuid[]), unnest(?::uuid[]), unnest(?::int8[]), unnest(?::int8[]))
      select ${saga}.expect((select count(*) from c where number like
        (select 'TC-' || to_char(at at time zone 'UTC', 'YYYY') || '-%' from c limit 1)), ?, 'order number')
      """;

  /**
   * The rows are not locked before: the hash that is read belongs to the sequence that the update
   * still has to find. They are updated in the order of the arrays, which are sorted.
   */
  private static final String APPEND =
      """
      with n as materialized (
        select i.*, t.at, ${orders}.link(o.last_hash, i.id, i.after + 1, i.type1, i.data1, t.at) as hash1
        from (
          select unnest(?::uuid[]) as id, unnest(?::int8[])::int as after, unnest(?::text[]) as type1,
            unnest(?::text[])::jsonb as data1, unnest(?::text[]) as type2,
            unnest(?::text[])::jsonb as data2, unnest(?::text[]) as status,
            unnest(?::text[]) as cancel_reason, unnest(?::text[]) as cancel_detail,
            unnest(?::text[]) as refund_status, unnest(?::int8[]) as published) i
        cross join (select ${saga}.clock() as at) t
        join ${orders}.orders o on o.id = i.id and o.last_seq = i.after),
      c as materialized (
        select n.*, case when type2 is not null
          then ${orders}.link(hash1, id, after + 2, type2, data2, at) end as hash2 from n),
      o as (
        update ${orders}.orders o set status = c.status, cancel_reason = c.cancel_reason,
          cancel_detail = c.cancel_detail, refund_status = c.refund_status, published = c.published,
          last_seq = c.after + case when c.type2 is null then 1 else 2 end,
          last_hash = coalesce(c.hash2, c.hash1), updated_at = c.at
        from c where o.id = c.id and o.last_seq = c.after returning 1),
      e as (
        insert into ${orders}.order_events (order_id, seq, event_type, event_data, created_at, hash)
        select id, after + 1, type1, data1, at, hash1 from c
        union all
        select id, after + 2, type2, data2, at, hash2 from c where type2 is not null)
      select ${saga}.expect((select count(*) from o), ?, 'order')
      """;

  private static final String LOCK =
      """
      select o.id, o.last_seq from ${orders}.orders o where o.id = any (?::uuid[]) order by o.id for update
      """;

  private static final String YEAR =
      "select extract(year from (select ${saga}.clock()) at time zone 'UTC')::int";

  /** The change of one order by a statement: its row, if it is new, and one or two events. */
  private static final class Change {
    final UUID id;
    final @Nullable Create create;
    final int after;
    final List<String> types = new ArrayList<>(EVENTS);
    final List<String> data = new ArrayList<>(EVENTS);
    OrderHead head = OrderHead.CREATED;

    Change(UUID id, @Nullable Create create, int after) {
      this.id = id;
      this.create = create;
      this.after = after;
    }

    boolean full() {
      return types.size() == EVENTS;
    }

    void add(String type, String json, OrderHead then) {
      types.add(type);
      data.add(json);
      head = then;
    }
  }

  @Override
  public Class<OrderEffect> type() {
    return OrderEffect.class;
  }

  @Override
  public int rank() {
    return 30;
  }

  @Override
  public void write(List<OrderEffect> effects, @Nullable Fence fence, Statements to) {
    for (Map<UUID, Change> wave : waves(effects)) {
      create(wave.values().stream().filter(change -> change.create != null).toList(), to);
      append(wave.values().stream().filter(change -> change.create == null).toList(), to);
    }
  }

  /**
   * Splits effects into waves; one statement changes each order at most once. Normally there is one
   * wave.
   */
  private static List<Map<UUID, Change>> waves(List<OrderEffect> effects) {
    List<Map<UUID, Change>> waves = new ArrayList<>();
    Map<UUID, Change> last = new HashMap<>();
    Map<UUID, Integer> used = new HashMap<>();
    for (OrderEffect effect : effects) {
      UUID id = effect.orderId();
      Change change = last.get(id);
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

  private static Change begun(OrderEffect effect, @Nullable Change before) {
    if (effect instanceof Append append) {
      int after = append.head().lastSeq() - 1;
      inSequence(before, after);
      return new Change(append.orderId(), null, after);
    }
    if (before != null) {
      throw new GuardFailedException("the same order twice in a batch");
    }
    return new Change(effect.orderId(), (Create) effect, 0);
  }

  private static void add(OrderEffect effect, Change change) {
    if (effect instanceof Append append) {
      if (!change.types.isEmpty()) {
        inSequence(change, append.head().lastSeq() - 1);
      }
      change.add(append.type().name(), append.data(), append.head());
    } else {
      change.add("CREATED", ((Create) effect).data(), OrderHead.CREATED);
    }
  }

  private static void inSequence(@Nullable Change before, int after) {
    if (before != null && before.head.lastSeq() != after) {
      throw new GuardFailedException("order events out of sequence in a batch");
    }
  }

  private static void create(List<Change> changes, Statements to) {
    if (changes.isEmpty()) {
      return;
    }
    List<Object> parameters = new ArrayList<>();
    parameters.add(Statements.uuids(changes, c -> c.id));
    parameters.add(Statements.texts(changes, c -> created(c).orderNumber()));
    parameters.add(Statements.uuids(changes, c -> created(c).userId()));
    parameters.add(Statements.uuids(changes, c -> created(c).cartId()));
    parameters.add(Statements.uuids(changes, c -> created(c).shippingAddressId()));
    parameters.add(Statements.longs(changes, c -> created(c).total().minorUnits()));
    parameters.add(Statements.texts(changes, c -> created(c).total().currency()));
    parameters.add(Statements.uuids(changes, c -> created(c).holdToken()));
    addHead(parameters, changes);
    List<Map.Entry<UUID, OrderLine>> lines = new ArrayList<>();
    changes.forEach(c -> created(c).lines().forEach(line -> lines.add(Map.entry(c.id, line))));
    parameters.add(Statements.uuids(lines, Map.Entry::getKey));
    parameters.add(Statements.uuids(lines, line -> line.getValue().productId()));
    parameters.add(Statements.longs(lines, line -> line.getValue().quantity()));
    parameters.add(Statements.longs(lines, line -> line.getValue().unitPrice()));
    parameters.add((long) changes.size());
    to.add(CREATE, parameters.toArray());
  }

  private static Create created(Change change) {
    return java.util.Objects.requireNonNull(change.create);
  }

  private static void append(List<Change> changes, Statements to) {
    if (changes.isEmpty()) {
      return;
    }
    List<Object> parameters = new ArrayList<>();
    parameters.add(Statements.uuids(changes, c -> c.id));
    parameters.add(Statements.longs(changes, c -> (long) c.after));
    addHead(parameters, changes);
    parameters.add((long) changes.size());
    to.add(APPEND, parameters.toArray());
  }

  private static void addHead(List<Object> parameters, List<Change> changes) {
    for (int i = 0; i < EVENTS; i++) {
      int event = i;
      parameters.add(Statements.texts(changes, c -> at(c.types, event)));
      parameters.add(Statements.texts(changes, c -> at(c.data, event)));
    }
    parameters.add(Statements.texts(changes, c -> c.head.status().name()));
    parameters.add(Statements.texts(changes, c -> c.head.cancelReason()));
    parameters.add(Statements.texts(changes, c -> c.head.cancelDetail()));
    parameters.add(Statements.texts(changes, c -> name(c.head.refundStatus())));
    parameters.add(Statements.longs(changes, c -> (long) c.head.published()));
  }

  private static @Nullable String name(@Nullable OrderRefundStatus status) {
    return status == null ? null : status.name();
  }

  private static @Nullable String at(List<String> list, int index) {
    return index < list.size() ? list.get(index) : null;
  }

  @Override
  public Guard<OrderEffect> guard(List<OrderEffect> effects, @Nullable Fence fence, Statements to) {
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

  private static final class OrderGuard implements Guard<OrderEffect> {
    private final Overlay<UUID, Integer> lastSeq = new Overlay<>();
    private int year;

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
}
