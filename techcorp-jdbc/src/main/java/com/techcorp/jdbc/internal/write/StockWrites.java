package com.techcorp.jdbc.internal.write;

import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.Extend;
import com.techcorp.inventory.spi.StockEffect.Restock;
import com.techcorp.jdbc.EffectWriter;
import com.techcorp.jdbc.Statements;
import com.techcorp.jdbc.internal.batch.StatementBatch;
import com.techcorp.jdbc.internal.batch.StockProducts;
import com.techcorp.storage.Fence;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stock, reservations and movements. Demand is summed for each product over the batch; stock rows
 * are changed by product, in order, when all else of this port is done, and never go below zero
 * because a check says so. Reservations that exist are locked before stock rows, by order.
 */
public final class StockWrites implements EffectWriter<StockEffect> {
  private static final String STOCKED =
      """
      insert into ${inventory}.stock (product_id, available, reserved)
      select p, 0, 0 from unnest(?::uuid[]) p on conflict do nothing
      """;

  private static final String LOCK =
      """
      select 1 from ${inventory}.stock where product_id = any (?::uuid[]) order by product_id for update
      """;

  private static final String LOCK_RESERVATIONS =
      """
      select 1 from ${inventory}.reservations where order_id = any (?::uuid[])
      order by order_id, product_id for update
      """;

  /**
   * A statement in parts: a change and its check. Checks run in their order, and a change with the
   * first look at it: so stock rows, which others wait for, come last.
   */
  private static final String TAKE =
      """
      changed as (
        update ${inventory}.stock s set available = s.available + d.available,
          reserved = s.reserved + d.reserved,
          version = case d.available when 0 then s.version
            else greatest(s.version, (select ${inventory}.version_floor())) + 1 end
        from (
          select unnest(?::uuid[]) as product_id, unnest(?::int8[]) as available,
            unnest(?::int8[]) as reserved) d
        where s.product_id = d.product_id
        returning s.product_id, s.available, s.version, d.available <> 0 as told,
          (s.available = 0) <> (s.available - d.available = 0) as crossed)
      """;

  private static final String TAKEN = "${saga}.expect((select count(*) from changed), ?, 'stock')";

  /**
   * Publishes which products are sold out or available again; calls nothing if there is none. One
   * look at what has changed serves the check and this, because each look costs.
   */
  private static final String PUBLISHED =
      """
      case when array_agg(product_id) filter (where crossed) is null then true
        else ${inventory}.publish_stock(array_agg(product_id) filter (where crossed), ?::int4) end
      """;

  private static final String TAKEN_AND_PUBLISHED =
      "(select ${saga}.expect(count(*), ?, 'stock') and " + PUBLISHED + " from changed)";

  /** What is left of the products whose available units have changed, in one row. */
  private static final String LEFT =
      """
      (select array_agg(product_id) from changed where told) as products,
        (select array_agg(available) from changed where told) as available,
        (select array_agg(version) from changed where told) as versions
      """;

  private static final String HOLD =
      """
      held as (
        insert into ${inventory}.reservations
          (id, order_id, product_id, quantity, status, expires_at, created_at, hold_token)
        select i.id, i.order_id, i.product_id, i.quantity, i.status, t.at + i.ttl * interval '1 ms', t.at,
          i.token
        from (
          select unnest(?::uuid[]) as id, unnest(?::uuid[]) as order_id, unnest(?::uuid[]) as product_id,
            unnest(?::int8[]) as quantity, unnest(?::int8[]) as ttl, unnest(?::text[]) as status,
            unnest(?::uuid[]) as token) i
        cross join (select ${saga}.clock() as at) t
        returning 1)
      """;

  /** The statement does not see what it inserts itself. */
  private static final String HELD =
      """
      ${saga}.expect((select count(*) from ${inventory}.reservations where order_id = any (?::uuid[])), 0,
          'second hold'),
        ${saga}.expect((select count(*) from held), ?, 'hold')
      """;

  private static final String SETTLE =
      """
      moved as (
        update ${inventory}.reservations r set status = i.target
        from (
          select unnest(?::uuid[]) as order_id, unnest(?::text[]) as source, unnest(?::text[]) as target,
            unnest(?::uuid[]) as token) i
        where r.order_id = i.order_id and r.status = i.source
          and r.hold_token is not distinct from i.token
        returning r.order_id, r.product_id, r.quantity)
      """;

  /**
   * Checks by a sum of hashes that exactly the expected lines moved, because a join of two lists
   * without an index would compare each with each.
   */
  private static final String SETTLED =
      """
      ${saga}.expect((select count(*) from moved), ?, 'reservation'),
        ${saga}.expect(
          ((select coalesce(sum(uuid_hash_extended(order_id, uuid_hash_extended(product_id, quantity))),
              0) from moved)
            = (select coalesce(sum(uuid_hash_extended(order_id, uuid_hash_extended(product_id,
              quantity))), 0) from (
                select unnest(?::uuid[]) as order_id, unnest(?::uuid[]) as product_id,
                  unnest(?::int8[]) as quantity) e))::int, 1, 'lines of a reservation')
      """;

  /** Releases what is still PENDING; releasing other reservations changes nothing. */
  private static final String GIVE_BACK =
      """
      with moved as (
        update ${inventory}.reservations r set status = i.target
        from (
          select unnest(?::uuid[]) as order_id, unnest(?::text[]) as source, unnest(?::text[]) as target,
            unnest(?::uuid[]) as token) i
        where r.order_id = i.order_id and r.status = i.source
          and r.hold_token is not distinct from i.token
        returning r.product_id, r.quantity),
      back as materialized (
        select product_id, sum(quantity)::bigint as quantity from moved group by product_id),
      changed as (
        update ${inventory}.stock s set available = s.available + b.quantity,
          reserved = s.reserved - b.quantity,
          version = greatest(s.version, (select ${inventory}.version_floor())) + 1
        from back b where s.product_id = b.product_id
        returning s.product_id, s.available, s.version, true as told,
          (s.available = 0) <> (s.available - b.quantity = 0) as crossed)
      select (select ${saga}.expect(count(*), (select count(*) from back), 'stock') and
      """
          + PUBLISHED
          + " from changed)";

  private static final String MOVE =
      """
      noted as (
        insert into ${inventory}.stock_movements (product_id, order_id, quantity, movement_type, created_at)
        select i.product_id, i.order_id, i.quantity, i.movement_type, t.at
        from (
          select unnest(?::uuid[]) as product_id, unnest(?::uuid[]) as order_id,
            unnest(?::int8[]) as quantity, unnest(?::text[]) as movement_type) i
        cross join (select ${saga}.clock() as at) t
        returning 1)
      """;

  private static final String MOVED = "${saga}.expect((select count(*) from noted), ?, 'movement')";

  private static final String EXTEND =
      """
      with extended as (
        update ${inventory}.reservations r
        set expires_at = greatest(r.expires_at, t.at + i.ttl * interval '1 ms')
        from (
          select unnest(?::uuid[]) as order_id, unnest(?::int8[]) as ttl, unnest(?::uuid[]) as token) i
        cross join (select ${saga}.clock() as at) t
        where r.order_id = i.order_id and r.status = 'PENDING' and r.expires_at > t.at
          and r.hold_token is not distinct from i.token
        returning r.order_id)
      select ${saga}.expect((select count(distinct order_id) from extended), ?, 'extend')
      """;

  @Override
  public Class<StockEffect> type() {
    return StockEffect.class;
  }

  @Override
  public int rank() {
    return 90;
  }

  @Override
  public void write(List<StockEffect> effects, @Nullable Fence fence, Statements to) {
    List<StockWave> waves = StockWave.of(effects);
    boolean inOrder = waves.size() == 1 && waves.get(0).inOrder();
    if (!inOrder) {
      to.add(LOCK_RESERVATIONS, StockWave.ordersOf(effects));
    }
    Set<UUID> restocked = new TreeSet<>();
    effects.forEach(
        e -> restocked.addAll(e instanceof Restock r ? Set.of(r.productId()) : Set.of()));
    if (!restocked.isEmpty()) {
      to.add(STOCKED, Statements.uuids(restocked));
    }
    Set<UUID> products = inOrder ? Set.of() : StockProducts.of(effects);
    if (!products.isEmpty()) {
      to.add(LOCK, Statements.uuids(products));
    }
    Integer node = fence == null ? null : fence.node();
    waves.forEach(wave -> add(wave, node, StatementBatch.of(to)));
  }

  private static void add(StockWave wave, @Nullable Integer node, StatementBatch to) {
    if (!wave.releases().isEmpty()) {
      giveBack(wave.releases(), node, to);
    }
    extend(wave, to);
    change(wave, node, to);
  }

  private static void giveBack(
      List<StockWave.Move> releases, @Nullable Integer node, StatementBatch to) {
    @Nullable Object[] parameters = {
      Statements.uuids(releases, StockWave.Move::orderId),
      Statements.texts(releases, m -> m.from().name()),
      Statements.texts(releases, m -> m.to().name()),
      Statements.uuids(releases, StockWave.Move::holdToken),
      node
    };
    if (to.isCounting()) {
      to.query(rows -> readLeft(rows, to), GIVE_BACK + "," + LEFT, parameters);
    } else {
      to.add(GIVE_BACK, parameters);
    }
  }

  private static void change(StockWave wave, @Nullable Integer node, StatementBatch to) {
    CombinedStatement all = new CombinedStatement();
    if (!wave.holds().isEmpty()) {
      hold(wave.holds(), all);
    }
    if (!wave.moves().isEmpty()) {
      settle(wave, all);
    }
    if (!wave.movements().isEmpty()) {
      move(wave.movements(), all);
    }
    List<StockWave.Delta> deltas = wave.deltas();
    if (!deltas.isEmpty()) {
      boolean mayCrossZero = deltas.stream().anyMatch(delta -> delta.available() != 0);
      take(deltas, all);
      if (mayCrossZero) {
        all.check(TAKEN_AND_PUBLISHED, (long) deltas.size(), node);
      } else {
        all.check(TAKEN, (long) deltas.size());
      }
      if (mayCrossZero && to.isCounting()) {
        all.result(LEFT, rows -> readLeft(rows, to));
      }
    }
    all.addTo(to);
  }

  private static void hold(List<StockWave.Held> holds, CombinedStatement all) {
    all.change(
        HOLD,
        Statements.uuids(holds, StockWave.Held::id),
        Statements.uuids(holds, StockWave.Held::orderId),
        Statements.uuids(holds, StockWave.Held::productId),
        Statements.longs(holds, StockWave.Held::quantity),
        Statements.longs(holds, h -> h.timeToLive().toMillis()),
        Statements.texts(holds, h -> h.status().name()),
        Statements.uuids(holds, StockWave.Held::holdToken));
    all.check(
        HELD,
        Statements.uuids(holds.stream().map(StockWave.Held::orderId).distinct().toList()),
        (long) holds.size());
  }

  private static void settle(StockWave wave, CombinedStatement all) {
    all.change(
        SETTLE,
        Statements.uuids(wave.moves(), StockWave.Move::orderId),
        Statements.texts(wave.moves(), m -> m.from().name()),
        Statements.texts(wave.moves(), m -> m.to().name()),
        Statements.uuids(wave.moves(), StockWave.Move::holdToken));
    all.check(
        SETTLED,
        (long) wave.expected().size(),
        Statements.uuids(wave.expected(), StockWave.Line::orderId),
        Statements.uuids(wave.expected(), StockWave.Line::productId),
        Statements.longs(wave.expected(), StockWave.Line::quantity));
  }

  private static void move(List<StockWave.Movement> movements, CombinedStatement all) {
    all.change(
        MOVE,
        Statements.uuids(movements, StockWave.Movement::productId),
        Statements.uuids(movements, StockWave.Movement::orderId),
        Statements.longs(movements, StockWave.Movement::quantity),
        Statements.texts(movements, m -> m.type().name()));
    all.check(MOVED, (long) movements.size());
  }

  private static void take(List<StockWave.Delta> deltas, CombinedStatement all) {
    all.change(
        TAKE,
        Statements.uuids(deltas, StockWave.Delta::productId),
        Statements.longs(deltas, StockWave.Delta::available),
        Statements.longs(deltas, StockWave.Delta::reserved));
  }

  private static void readLeft(ResultSet rows, StatementBatch to) throws SQLException {
    rows.next();
    Array products = rows.getArray("products");
    if (products == null) {
      return; // nothing was released, or became available
    }
    UUID[] ids = (UUID[]) products.getArray();
    Long[] available = (Long[]) rows.getArray("available").getArray();
    Long[] versions = (Long[]) rows.getArray("versions").getArray();
    for (int i = 0; i < ids.length; i++) {
      to.counted(new StockCount(ids[i], available[i], versions[i]));
    }
  }

  private static void extend(StockWave wave, Statements to) {
    if (!wave.extensions().isEmpty()) {
      to.add(
          EXTEND,
          Statements.uuids(wave.extensions(), Extend::orderId),
          Statements.longs(wave.extensions(), e -> e.timeToLive().toMillis()),
          Statements.uuids(wave.extensions(), Extend::holdToken),
          (long) wave.extensions().size());
    }
  }

  @Override
  public Guard<StockEffect> guard(List<StockEffect> effects, @Nullable Fence fence, Statements to) {
    return StockGuard.over(effects, StatementBatch.of(to));
  }
}
