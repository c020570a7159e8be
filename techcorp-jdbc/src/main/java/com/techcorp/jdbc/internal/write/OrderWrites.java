package com.techcorp.jdbc.internal.write;

import com.techcorp.jdbc.EffectWriter;
import com.techcorp.jdbc.Statements;
import com.techcorp.order.OrderLine;
import com.techcorp.order.OrderRefundStatus;
import com.techcorp.order.spi.OrderEffect;
import com.techcorp.order.spi.OrderEffect.Create;
import com.techcorp.storage.Fence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Orders, their items and their chained events; the hash is computed over what is stored. */
public final class OrderWrites implements EffectWriter<OrderEffect> {
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
    for (Map<UUID, OrderChange> wave : OrderChange.waves(effects)) {
      create(wave.values().stream().filter(change -> change.create != null).toList(), to);
      append(wave.values().stream().filter(change -> change.create == null).toList(), to);
    }
  }

  private static void create(List<OrderChange> changes, Statements to) {
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

  private static Create created(OrderChange change) {
    return java.util.Objects.requireNonNull(change.create);
  }

  private static void append(List<OrderChange> changes, Statements to) {
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

  private static void addHead(List<Object> parameters, List<OrderChange> changes) {
    for (int i = 0; i < OrderChange.EVENTS; i++) {
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
    return OrderGuard.over(effects, to);
  }
}
