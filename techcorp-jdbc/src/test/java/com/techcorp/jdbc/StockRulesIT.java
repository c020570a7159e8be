package com.techcorp.jdbc;

import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLine;
import com.techcorp.inventory.spi.HeldStock;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.Extend;
import com.techcorp.inventory.spi.StockEffect.Hold;
import com.techcorp.inventory.spi.StockEffect.MovementType;
import com.techcorp.inventory.spi.StockEffect.Release;
import com.techcorp.inventory.spi.StockEffect.Restock;
import com.techcorp.inventory.spi.StockEffect.Reverse;
import com.techcorp.inventory.spi.StockEffect.Sell;
import com.techcorp.inventory.spi.StockOutcome;
import com.techcorp.inventory.spi.StockRules;
import com.techcorp.jdbc.internal.write.StockWrites;
import com.techcorp.storage.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stock: statements and {@link StockRules} agree. */
class StockRulesIT extends RuleAgreement<StockEffect, StockRulesIT.StockCase> {
  private static final long MINUTE = 60_000;

  private static final List<Class<? extends StockEffect>> KINDS =
      List.of(Hold.class, Sell.class, Reverse.class, Release.class, Extend.class, Restock.class);

  private static final String STOCK =
      """
      insert into inventory.stock (product_id, available, reserved)
      select unnest(?::uuid[]), unnest(?::int8[]), unnest(?::int8[])
      """;

  private static final String HELD =
      """
      insert into inventory.reservations
        (id, order_id, product_id, quantity, status, expires_at, created_at, hold_token)
      select gen_random_uuid(), i.order_id, i.product_id, i.quantity, i.status,
        saga.clock() + i.time_left * interval '1 ms', saga.clock(), i.token
      from (
        select unnest(?::uuid[]) as order_id, unnest(?::uuid[]) as product_id,
          unnest(?::int8[]) as quantity, unnest(?::text[]) as status, unnest(?::int8[]) as time_left,
          unnest(?::uuid[]) as token) i
      """;

  private static final String READ =
      """
      with i as (select unnest(?::uuid[]) as id, unnest(?::uuid[]) as product_id)
      select i.id, format('%s has %s and %s', s.product_id, s.available, s.reserved)
      from i join inventory.stock s on s.product_id = i.product_id
      union all
      select i.id, format('%s of %s are %s for %s ms under %s', r.quantity, r.product_id, r.status,
        (extract(epoch from r.expires_at - saga.clock()) * 1000)::bigint, r.hold_token)
      from i join inventory.reservations r on r.order_id = i.id and r.product_id = i.product_id
      union all
      select i.id, format('%s of %s moved by %s', m.quantity, m.product_id, m.movement_type)
      from i join inventory.stock_movements m on m.product_id = i.product_id
      union all
      select i.id, format('%s is published', o.stream_id)
      from i join messaging.outbox o on o.stream_type = 'product' and o.stream_id = i.product_id
      """;

  /** Units of a product. */
  private record Level(long available, long reserved) {
    Level plus(StockOutcome.Change change) {
      return new Level(change.availableAfter(available), change.reservedAfter(reserved));
    }
  }

  /**
   * An order, its products and what is held.
   *
   * @param levels those that were stocked
   * @param timeLeft of the hold, in milliseconds
   */
  record StockCase(
      UUID id,
      List<UUID> products,
      Map<UUID, Level> levels,
      @Nullable HeldStock held,
      long timeLeft,
      StockEffect request)
      implements Case<StockEffect> {
    @Override
    public String before() {
      return state(levels, held, timeLeft, List.of());
    }

    @Override
    public Decision<String> decision() {
      return described(
          StockRules.decide(
              request, held, product -> levels.getOrDefault(product, new Level(0, 0)).available()),
          this::after);
    }

    private String after(StockOutcome outcome) {
      Map<UUID, Level> then = new LinkedHashMap<>(levels);
      List<String> caused = new ArrayList<>();
      MovementType type = StockRules.movement(request);
      for (StockOutcome.Change change : outcome.changes()) {
        UUID product = change.productId();
        Level before = then.getOrDefault(product, new Level(0, 0));
        Level after = before.plus(change);
        then.put(product, after);
        if (StockRules.crossesZero(before.available(), after.available())) {
          caused.add(product + " is published");
        }
        if (type != null) {
          caused.add(change.moved() + " of " + product + " moved by " + type);
        }
      }
      return request instanceof Restock
          ? state(then, held, timeLeft, caused)
          : state(then, outcome.held(), timeLeftAfter(), caused);
    }

    private long timeLeftAfter() {
      if (request instanceof Hold hold) {
        return hold.timeToLive().toMillis();
      }
      return request instanceof Extend extend
          ? Math.max(timeLeft, extend.timeToLive().toMillis())
          : timeLeft;
    }

    private static String state(
        Map<UUID, Level> levels, @Nullable HeldStock held, long timeLeft, List<String> caused) {
      List<String> rows = new ArrayList<>(caused);
      levels.forEach(
          (product, level) ->
              rows.add(product + " has " + level.available() + " and " + level.reserved()));
      if (held != null) {
        String token = held.holdToken() == null ? "" : held.holdToken().toString();
        held.quantities()
            .forEach(
                (product, units) ->
                    rows.add(
                        "%d of %s are %s for %d ms under %s"
                            .formatted(units, product, held.status(), timeLeft, token)));
      }
      return text(rows);
    }
  }

  private record Row(StockCase of, UUID product, long units) {}

  @Override
  EffectWriter<StockEffect> writer() {
    return new StockWrites();
  }

  @Override
  Set<Class<?>> neverRefused() {
    return Set.of(Release.class);
  }

  @Override
  StockCase generate(Random random) {
    UUID order = id(random);
    UUID token = oneOf(random, null, id(random));
    List<UUID> products =
        chance(50, random) ? List.of(id(random), id(random)) : List.of(id(random));
    int kind = random.nextInt(KINDS.size());
    long timeLeft = chance(80, random) ? 5 * MINUTE : oneOf(random, -MINUTE, 0L);
    HeldStock held = null;
    if (chance(KINDS.get(kind) == Hold.class ? 15 : 90, random)) {
      ReservationStatus fits =
          KINDS.get(kind) == Reverse.class
              ? ReservationStatus.CONFIRMED
              : ReservationStatus.PENDING;
      ReservationStatus status =
          chance(80, random) ? fits : oneOf(random, ReservationStatus.values());
      held = new HeldStock(status, token, units(products, random), timeLeft <= 0);
    }
    Map<UUID, Level> levels = new LinkedHashMap<>();
    for (UUID product : products) {
      if (held != null || chance(90, random)) {
        boolean pending = held != null && held.status() == ReservationStatus.PENDING;
        long reserved = pending ? held.quantities().get(product) : 0;
        levels.put(product, new Level(random.nextInt(8), reserved + random.nextInt(2)));
      }
    }
    UUID named = chance(90, random) ? token : oneOf(random, null, id(random));
    StockEffect request = request(KINDS.get(kind), order, products, held, named, random);
    return new StockCase(order, products, levels, held, timeLeft, request);
  }

  private static Map<UUID, Long> units(List<UUID> products, Random random) {
    Map<UUID, Long> units = new LinkedHashMap<>();
    products.forEach(product -> units.put(product, 1L + random.nextInt(4)));
    return units;
  }

  private static StockEffect request(
      Class<?> kind,
      UUID order,
      List<UUID> products,
      @Nullable HeldStock held,
      @Nullable UUID token,
      Random random) {
    Duration timeToLive = Duration.ofMillis(oneOf(random, 0L, MINUTE, 10 * MINUTE));
    Map<UUID, Long> units =
        held != null && chance(90, random) ? held.quantities() : units(products, random);
    List<StockLine> lines =
        new ArrayList<>(
            units.entrySet().stream().map(e -> new StockLine(e.getKey(), e.getValue())).toList());
    if (lines.size() > 1 && chance(10, random)) {
      lines.remove(0);
    }
    if (kind == Hold.class) {
      return new Hold(order, lines, timeToLive, token);
    } else if (kind == Sell.class) {
      return new Sell(order, lines, token);
    } else if (kind == Reverse.class) {
      return new Reverse(order, lines, token);
    } else if (kind == Release.class) {
      boolean expired = chance(50, random);
      ReservationStatus as = expired ? ReservationStatus.EXPIRED : ReservationStatus.RELEASED;
      return new Release(order, products, as, token);
    } else if (kind == Extend.class) {
      return new Extend(order, timeToLive, token);
    }
    long change = oneOf(random, -6L, -3L, -1L, 1L, 5L);
    MovementType type = change < 0 ? MovementType.ADJUSTMENT : MovementType.RECEIPT;
    return new Restock(products.get(0), change, type);
  }

  @Override
  void insert(List<StockCase> cases, Statements to) {
    List<Map.Entry<UUID, Level>> levels =
        cases.stream().flatMap(one -> one.levels().entrySet().stream()).toList();
    to.add(
        STOCK,
        Statements.uuids(levels, Map.Entry::getKey),
        Statements.longs(levels, level -> level.getValue().available()),
        Statements.longs(levels, level -> level.getValue().reserved()));
    List<Row> rows = new ArrayList<>();
    for (StockCase one : cases) {
      if (one.held() != null) {
        one.held().quantities().forEach((product, units) -> rows.add(new Row(one, product, units)));
      }
    }
    to.add(
        HELD,
        Statements.uuids(rows, row -> row.of().id()),
        Statements.uuids(rows, Row::product),
        Statements.longs(rows, Row::units),
        Statements.texts(rows, row -> row.of().held().status().name()),
        Statements.longs(rows, row -> row.of().timeLeft()),
        Statements.uuids(rows, row -> row.of().held().holdToken()));
  }

  @Override
  void read(List<StockCase> cases, Statements.Rows rows, Statements to) {
    List<Row> all = new ArrayList<>();
    cases.forEach(one -> one.products().forEach(product -> all.add(new Row(one, product, 0))));
    to.query(
        rows,
        READ,
        Statements.uuids(all, row -> row.of().id()),
        Statements.uuids(all, Row::product));
  }
}
