package com.techcorp.jdbc;

import com.techcorp.inventory.spi.HoldRequestEffect;
import com.techcorp.inventory.spi.HoldRequestEffect.Kind;
import com.techcorp.inventory.spi.StockRules;
import com.techcorp.jdbc.internal.write.RequestWrites;
import com.techcorp.storage.Decision;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is asked first of an order's stock: statements and {@link StockRules} agree. */
class HoldRequestRulesIT
    extends RuleAgreement<HoldRequestEffect, HoldRequestRulesIT.HoldRequestCase> {
  private static final String ASKED =
      """
      insert into inventory.requests (order_id, kind, created_at)
      select unnest(?::uuid[]), unnest(?::text[]), saga.clock()
      """;

  private static final String READ =
      "select r.order_id, r.kind from inventory.requests r where r.order_id = any (?::uuid[])";

  /** An order, and what was asked before. */
  record HoldRequestCase(UUID id, @Nullable Kind asked, HoldRequestEffect request)
      implements Case<HoldRequestEffect> {
    @Override
    public String before() {
      return asked == null ? "" : asked.name();
    }

    @Override
    public Decision<String> decision() {
      return described(StockRules.decide(request, asked), Kind::name);
    }
  }

  @Override
  EffectWriter<HoldRequestEffect> writer() {
    return new RequestWrites();
  }

  @Override
  Set<Class<?>> neverRefused() {
    return Set.of();
  }

  @Override
  HoldRequestCase generate(Random random) {
    UUID order = id(random);
    Kind asked = chance(50, random) ? null : oneOf(random, Kind.values());
    return new HoldRequestCase(
        order, asked, new HoldRequestEffect(order, oneOf(random, Kind.values())));
  }

  @Override
  void insert(List<HoldRequestCase> cases, Statements to) {
    List<HoldRequestCase> before = cases.stream().filter(one -> one.asked() != null).toList();
    to.add(
        ASKED,
        Statements.uuids(before, HoldRequestCase::id),
        Statements.texts(before, one -> one.asked().name()));
  }

  @Override
  void read(List<HoldRequestCase> cases, Statements.Rows rows, Statements to) {
    to.query(rows, READ, Statements.uuids(cases, HoldRequestCase::id));
  }
}
