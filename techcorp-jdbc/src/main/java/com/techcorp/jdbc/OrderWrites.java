package com.techcorp.jdbc;

import com.techcorp.order.OrderEffect;
import com.techcorp.order.OrderEffect.Append;
import com.techcorp.order.OrderEffect.Create;
import com.techcorp.order.OrderHead;
import com.techcorp.order.OrderLine;
import com.techcorp.saga.Failure;
import com.techcorp.saga.Fence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Orders, their items and their chained events; the hash is computed over what is stored. */
final class OrderWrites implements EffectWriter<OrderEffect> {
  private static final String CREATE =
      """
      with i as materialized (
        select u.*, t.at, orders.links('', u.id, 0, u.events, t.at) as links
        from (select id, number, user_id, cart_id, address_id, amount, currency, events::jsonb as events,
            status, cancel_reason, cancel_detail, refund_status, published
          from unnest(?::uuid[], ?::text[], ?::uuid[], ?::uuid[], ?::uuid[], ?::int8[], ?::text[],
            ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int8[])
            as n (id, number, user_id, cart_id, address_id, amount, currency, events, status,
              cancel_reason, cancel_detail, refund_status, published)) u
        cross join (select saga.clock() as at) t),
      o as (
        insert into orders.orders (id, order_number, user_id, cart_id, shipping_address_id, amount,
          currency, status, cancel_reason, cancel_detail, refund_status, last_seq, published, last_hash,
          created_at, updated_at)
        select id, number, user_id, cart_id, address_id, amount, currency, status, cancel_reason,
          cancel_detail, refund_status, cardinality(links), published, links[cardinality(links)], at, at
        from i),
      e as (
        insert into orders.order_events (order_id, seq, event_type, event_data, created_at, hash)
        select i.id, k, i.events -> (k - 1) ->> 'type', i.events -> (k - 1) -> 'data', i.at, i.links[k]
        from i cross join lateral generate_series(1, cardinality(i.links)) k)
      select saga.expect((select count(*) from i where split_part(i.number, '-', 2)
        = to_char(i.at at time zone 'UTC', 'YYYY')), ?, 'order number')
      """;

  private static final String ITEMS =
      """
      insert into orders.order_items (order_id, product_id, quantity, unit_price)
      select * from unnest(?::uuid[], ?::uuid[], ?::int8[], ?::int8[])
      """;

  private static final String APPEND =
      """
      with locked as materialized (
        select o.id, o.last_seq, o.last_hash from orders.orders o
        where o.id = any (?::uuid[]) order by o.id for update),
      c as materialized (
        select i.*, t.at, orders.links(l.last_hash, i.id, l.last_seq, i.events, t.at) as links
        from (select id, after, events::jsonb as events, status, cancel_reason, cancel_detail,
            refund_status, published
          from unnest(?::uuid[], ?::int8[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
            ?::int8[]) as n (id, after, events, status, cancel_reason, cancel_detail, refund_status,
              published)) i
        join locked l on l.id = i.id and l.last_seq = i.after
        cross join (select saga.clock() as at) t),
      o as (
        update orders.orders o set status = c.status, cancel_reason = c.cancel_reason,
          cancel_detail = c.cancel_detail, refund_status = c.refund_status, published = c.published,
          last_seq = c.after + cardinality(c.links), last_hash = c.links[cardinality(c.links)],
          updated_at = c.at
        from c where o.id = c.id returning 1),
      e as (
        insert into orders.order_events (order_id, seq, event_type, event_data, created_at, hash)
        select c.id, c.after + k, c.events -> (k - 1) ->> 'type', c.events -> (k - 1) -> 'data', c.at,
          c.links[k]
        from c cross join lateral generate_series(1, cardinality(c.links)) k)
      select saga.expect((select count(*) from o), ?, 'order')
      """;

  private static final String LOCK =
      """
      select o.id, o.last_seq from orders.orders o where o.id = any (?::uuid[]) order by o.id for update
      """;

  private static final String YEAR =
      "select to_char((select saga.clock()) at time zone 'UTC', 'YYYY')";

  /** All that one batch does to one order. */
  private static final class Change {
    final UUID id;
    final @Nullable Create create;
    final int after;
    final StringBuilder events = new StringBuilder("[");
    OrderHead head = OrderHead.CREATED;

    Change(UUID id, @Nullable Create create, int after) {
      this.id = id;
      this.create = create;
      this.after = after;
    }

    void add(String type, String data, OrderHead then) {
      events.append(events.length() == 1 ? "" : ",");
      events.append("{\"type\":\"").append(type).append("\",\"data\":").append(data).append('}');
      head = then;
    }

    String json() {
      return events + "]";
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
    List<Change> changes = new ArrayList<>(folded(effects).values());
    create(changes.stream().filter(change -> change.create != null).toList(), to);
    append(changes.stream().filter(change -> change.create == null).toList(), to);
  }

  private static Map<UUID, Change> folded(List<OrderEffect> effects) {
    Map<UUID, Change> changes = new TreeMap<>();
    for (OrderEffect effect : effects) {
      if (effect instanceof Create create) {
        Change change = new Change(create.orderId(), create, 0);
        change.add("CREATED", create.data(), OrderHead.CREATED);
        if (changes.put(create.orderId(), change) != null) {
          throw new GuardFailed("the same order twice in a batch");
        }
      } else {
        Append append = (Append) effect;
        int after = append.head().lastSeq() - 1;
        Change change =
            changes.computeIfAbsent(append.orderId(), id -> new Change(id, null, after));
        if (change.events.length() > 1 && change.head.lastSeq() != after) {
          throw new GuardFailed("order events out of sequence in a batch");
        }
        change.add(append.type().name(), append.data(), append.head());
      }
    }
    return changes;
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
    parameters.add(Statements.longs(changes, c -> created(c).amount()));
    parameters.add(Statements.texts(changes, c -> created(c).currency()));
    addHead(parameters, changes);
    parameters.add((long) changes.size());
    to.add(CREATE, parameters.toArray());
    List<Map.Entry<UUID, OrderLine>> lines = new ArrayList<>();
    changes.forEach(c -> created(c).lines().forEach(line -> lines.add(Map.entry(c.id, line))));
    to.add(
        ITEMS,
        Statements.uuids(lines, Map.Entry::getKey),
        Statements.uuids(lines, line -> line.getValue().productId()),
        Statements.longs(lines, line -> line.getValue().quantity()),
        Statements.longs(lines, line -> line.getValue().unitPrice()));
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
    parameters.add(Statements.uuids(changes, c -> c.id));
    parameters.add(Statements.longs(changes, c -> (long) c.after));
    addHead(parameters, changes);
    parameters.add((long) changes.size());
    to.add(APPEND, parameters.toArray());
  }

  private static void addHead(List<Object> parameters, List<Change> changes) {
    Function<Function<OrderHead, @Nullable String>, Supplier<Object>> text =
        part -> () -> Statements.texts(changes, c -> part.apply(c.head));
    parameters.add(Statements.texts(changes, Change::json));
    parameters.add(text.apply(head -> head.status().name()).get());
    parameters.add(text.apply(OrderHead::cancelReason).get());
    parameters.add(text.apply(OrderHead::cancelDetail).get());
    parameters.add(text.apply(OrderHead::refundStatus).get());
    parameters.add(Statements.longs(changes, c -> (long) c.head.published()));
  }

  @Override
  public Guard<OrderEffect> guard(List<OrderEffect> effects, @Nullable Fence fence, Statements to) {
    OrderGuard guard = new OrderGuard();
    List<UUID> ids = effects.stream().map(OrderWrites::idOf).distinct().sorted().toList();
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
          guard.year = rows.getString(1);
        },
        YEAR);
    return guard;
  }

  private static UUID idOf(OrderEffect effect) {
    return effect instanceof Create create ? create.orderId() : ((Append) effect).orderId();
  }

  private static final class OrderGuard implements Guard<OrderEffect> {
    private final Overlay<UUID, Integer> lastSeq = new Overlay<>();
    private String year = "";

    @Override
    public @Nullable Failure admit(OrderEffect effect) {
      Integer last = lastSeq.get(idOf(effect));
      if (effect instanceof Create create) {
        if (last != null) {
          return Failure.of(OrderEffect.ORDER_MOVED, "order " + create.orderId() + " exists");
        }
        if (!create.orderNumber().startsWith("TC-" + year + "-")) {
          return Failure.of(OrderEffect.STALE_NUMBER, "the number is of another year");
        }
        lastSeq.put(create.orderId(), 1);
        return null;
      }
      Append append = (Append) effect;
      if (last == null || last != append.head().lastSeq() - 1) {
        return Failure.of(OrderEffect.ORDER_MOVED, "order " + append.orderId() + " has moved on");
      }
      lastSeq.put(append.orderId(), append.head().lastSeq());
      return null;
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
