package com.techcorp.jdbc;

import com.techcorp.inventory.StockEffect;
import com.techcorp.inventory.StockEffect.Extend;
import com.techcorp.inventory.StockEffect.Hold;
import com.techcorp.inventory.StockEffect.Release;
import com.techcorp.inventory.StockEffect.Restock;
import com.techcorp.inventory.StockEffect.Reverse;
import com.techcorp.inventory.StockEffect.Sell;
import com.techcorp.inventory.StockLine;
import com.techcorp.saga.Fence;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stock, reservations and movements. Demand is summed for each product over the batch; stock rows
 * are locked by product before anything else of this port, and never go below zero because a check
 * says so.
 */
final class StockWrites implements EffectWriter<StockEffect> {
  private static final String STOCKED =
      """
      insert into inventory.stock (product_id, available, reserved)
      select p, 0, 0 from unnest(?::uuid[]) p on conflict do nothing
      """;

  private static final String LOCK =
      """
      select 1 from inventory.stock where product_id = any (?::uuid[]) order by product_id for update
      """;

  private static final String LOCK_RESERVATIONS =
      """
      select 1 from inventory.reservations where order_id = any (?::uuid[])
      order by order_id, product_id for update
      """;

  /**
   * In one statement, so that each stock row is changed once. What moves is derived from the rows
   * of the reservations themselves: giving back what is no longer PENDING changes nothing. That
   * exactly the expected lines moved is told by a sum of hashes, because a join of two lists
   * without an index would compare each with each.
   */
  private static final String APPLY =
      """
      with held as materialized (
        select i.*, t.at from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::int8[], ?::int8[], ?::text[])
          as i (id, order_id, product_id, quantity, ttl, status)
        cross join (select saga.clock() as at) t),
      moved as (
        update inventory.reservations r set status = i.target
        from unnest(?::uuid[], ?::text[], ?::text[]) as i (order_id, source, target)
        where r.order_id = i.order_id and r.status = i.source
        returning r.order_id, r.product_id, r.quantity, i.source, i.target),
      expected as materialized (
        select * from unnest(?::uuid[], ?::uuid[], ?::int8[]) as i (order_id, product_id, quantity)),
      restocked as materialized (
        select * from unnest(?::uuid[], ?::int8[], ?::text[]) as i (product_id, quantity, movement)),
      delta as materialized (
        select product_id, sum(available)::bigint as available, sum(reserved)::bigint as reserved
        from (
          select product_id, -quantity as available,
            case when status = 'PENDING' then quantity else 0 end as reserved from held
          union all
          select product_id, case when target = 'CONFIRMED' then 0 else quantity end,
            case when source = 'PENDING' then -quantity else 0 end from moved
          union all
          select product_id, quantity, 0 from restocked) d
        group by product_id),
      stock as (
        update inventory.stock s
        set available = s.available + d.available, reserved = s.reserved + d.reserved
        from delta d where s.product_id = d.product_id returning 1),
      reservations as (
        insert into inventory.reservations
          (id, order_id, product_id, quantity, status, expires_at, created_at)
        select id, order_id, product_id, quantity, status, at + ttl * interval '1 ms', at from held),
      movements as (
        insert into inventory.stock_movements
          (product_id, order_id, quantity, movement_type, created_at)
        select m.product_id, m.order_id, m.quantity, m.movement_type, t.at
        from (
          select product_id, order_id, -quantity as quantity, 'SALE' as movement_type from held
            where status = 'CONFIRMED'
          union all
          select product_id, order_id, case target when 'CONFIRMED' then -quantity else quantity end,
            case target when 'CONFIRMED' then 'SALE' else 'RETURN' end
          from moved where target in ('CONFIRMED', 'REVERSED')
          union all
          select product_id, null, quantity, movement from restocked) m
        cross join (select saga.clock() as at) t)
      select saga.expect((select count(*) from stock), (select count(*) from delta), 'stock'),
        saga.expect((select count(*) from moved where target in ('CONFIRMED', 'REVERSED')),
          (select count(*) from expected), 'reservation'),
        saga.expect((select count(*) from held h
          where exists (select 1 from inventory.reservations r where r.order_id = h.order_id)), 0,
          'second hold'),
        saga.expect(
          ((select coalesce(sum(uuid_hash_extended(order_id, uuid_hash_extended(product_id, quantity))),
              0) from moved where target in ('CONFIRMED', 'REVERSED'))
            = (select coalesce(sum(uuid_hash_extended(order_id, uuid_hash_extended(product_id,
              quantity))), 0) from expected))::int, 1, 'lines of a reservation')
      """;

  private static final String EXTEND =
      """
      with extended as (
        update inventory.reservations r
        set expires_at = greatest(r.expires_at, t.at + i.ttl * interval '1 ms')
        from unnest(?::uuid[], ?::int8[]) as i (order_id, ttl)
        cross join (select saga.clock() as at) t
        where r.order_id = i.order_id and r.status = 'PENDING' and r.expires_at > t.at
        returning r.order_id)
      select saga.expect((select count(distinct order_id) from extended), ?, 'extend')
      """;

  @Override
  public Class<StockEffect> type() {
    return StockEffect.class;
  }

  @Override
  public int rank() {
    return 40;
  }

  @Override
  public void write(List<StockEffect> effects, @Nullable Fence fence, Statements to) {
    Set<UUID> restocked = new TreeSet<>();
    effects.forEach(
        e -> restocked.addAll(e instanceof Restock r ? Set.of(r.productId()) : Set.of()));
    if (!restocked.isEmpty()) {
      to.add(STOCKED, Statements.uuids(restocked));
    }
    to.add(LOCK, Statements.uuids(productsOf(effects)));
    if (effects.stream().anyMatch(Extend.class::isInstance)) {
      // Others lock reservations behind their stock rows, but an extension has none.
      to.add(
          LOCK_RESERVATIONS, Statements.uuids(effects.stream().map(StockWrites::orderOf).toList()));
    }
    for (StockWave wave : StockWave.of(effects)) {
      add(wave, to);
    }
  }

  private static void add(StockWave wave, Statements to) {
    if (!wave.holds().isEmpty() || !wave.moves().isEmpty() || !wave.restocks().isEmpty()) {
      to.add(
          APPLY,
          Statements.uuids(wave.holds(), StockWave.Held::id),
          Statements.uuids(wave.holds(), StockWave.Held::orderId),
          Statements.uuids(wave.holds(), StockWave.Held::productId),
          Statements.longs(wave.holds(), StockWave.Held::quantity),
          Statements.longs(wave.holds(), h -> h.timeToLive().toMillis()),
          Statements.texts(wave.holds(), h -> h.status().name()),
          Statements.uuids(wave.moves(), StockWave.Move::orderId),
          Statements.texts(wave.moves(), m -> m.from().name()),
          Statements.texts(wave.moves(), m -> m.to().name()),
          Statements.uuids(wave.expected(), StockWave.Line::orderId),
          Statements.uuids(wave.expected(), StockWave.Line::productId),
          Statements.longs(wave.expected(), StockWave.Line::quantity),
          Statements.uuids(wave.restocks(), Restock::productId),
          Statements.longs(wave.restocks(), Restock::quantity),
          Statements.texts(wave.restocks(), r -> r.movement().name()));
    }
    if (!wave.extensions().isEmpty()) {
      to.add(
          EXTEND,
          Statements.uuids(wave.extensions(), Extend::orderId),
          Statements.longs(wave.extensions(), e -> e.timeToLive().toMillis()),
          (long) wave.extensions().size());
    }
  }

  static Set<UUID> productsOf(List<StockEffect> effects) {
    Set<UUID> products = new TreeSet<>();
    for (StockEffect effect : effects) {
      if (effect instanceof Hold hold) {
        hold.lines().forEach(line -> products.add(line.productId()));
      } else if (effect instanceof Sell sell) {
        sell.lines().forEach(line -> products.add(line.productId()));
      } else if (effect instanceof Reverse reverse) {
        reverse.lines().forEach(line -> products.add(line.productId()));
      } else if (effect instanceof Release release) {
        products.addAll(release.products());
      } else if (effect instanceof Restock restock) {
        products.add(restock.productId());
      }
    }
    return products;
  }

  static UUID orderOf(StockEffect effect) {
    if (effect instanceof Hold hold) {
      return hold.orderId();
    }
    if (effect instanceof Sell sell) {
      return sell.orderId();
    }
    if (effect instanceof Reverse reverse) {
      return reverse.orderId();
    }
    if (effect instanceof Release release) {
      return release.orderId();
    }
    return effect instanceof Extend extend ? extend.orderId() : new UUID(0, 0);
  }

  static List<StockLine> linesOf(StockEffect effect) {
    if (effect instanceof Sell sell) {
      return sell.lines();
    }
    return effect instanceof Reverse reverse ? reverse.lines() : List.of();
  }

  @Override
  public Guard<StockEffect> guard(List<StockEffect> effects, @Nullable Fence fence, Statements to) {
    return StockGuard.over(effects, to);
  }
}
