package com.techcorp.jdbc;

import com.techcorp.jdbc.internal.write.OrderWrites;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderHead;
import com.techcorp.order.OrderLine;
import com.techcorp.order.OrderStatus;
import com.techcorp.order.spi.OrderEffect;
import com.techcorp.order.spi.OrderEffect.Append;
import com.techcorp.order.spi.OrderEffect.Create;
import com.techcorp.order.spi.OrderRules;
import com.techcorp.payment.Amount;
import com.techcorp.storage.Decision;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Orders: statements and {@link OrderRules} agree. */
class OrderRulesIT extends RuleAgreement<OrderEffect, OrderRulesIT.OrderCase> {
  private static final String ORDERS =
      """
      insert into orders.orders (id, order_number, user_id, cart_id, shipping_address_id, amount,
        currency, status, last_seq, published, last_hash, created_at, updated_at)
      select i.id, 'TC-2029-' || i.id, i.id, i.id, i.id, 0, 'BRL', 'CREATED', i.last_seq, 0, '',
        saga.clock(), saga.clock()
      from (select unnest(?::uuid[]) as id, unnest(?::int8[]) as last_seq) i
      """;

  private static final String READ =
      """
      with i as (select unnest(?::uuid[]) as id)
      select i.id, format('at %s', o.last_seq) from i join orders.orders o on o.id = i.id
      union all
      select i.id, format('event %s', e.seq) from i join orders.order_events e on e.order_id = i.id
      """;

  /**
   * An order.
   *
   * @param lastSeq null: there is none
   */
  record OrderCase(UUID id, @Nullable Integer lastSeq, OrderEffect request)
      implements Case<OrderEffect> {
    @Override
    public String before() {
      return lastSeq == null ? "" : "at " + lastSeq;
    }

    @Override
    public Decision<String> decision() {
      return described(
          OrderRules.decide(request, lastSeq, 2030),
          sequence -> text(List.of("at " + sequence, "event " + sequence)));
    }
  }

  @Override
  EffectWriter<OrderEffect> writer() {
    return new OrderWrites();
  }

  @Override
  Set<Class<?>> neverRefused() {
    return Set.of();
  }

  @Override
  OrderCase generate(Random random) {
    UUID id = id(random);
    boolean creates = random.nextBoolean();
    Integer lastSeq = chance(creates ? 20 : 90, random) ? 1 + random.nextInt(3) : null;
    return new OrderCase(id, lastSeq, creates ? create(id, random) : append(id, lastSeq, random));
  }

  private static Create create(UUID id, Random random) {
    String begin =
        chance(70, random)
            ? "TC-2030-"
            : oneOf(random, "TC-2029-", "TC-20300-", "TC-2030", "2030-", "XTC-2030-");
    OrderLine line = new OrderLine(id, 1, 100);
    return new Create(
        id, begin + id, id, id, id, new Amount(100, "BRL"), List.of(line), "{}", null);
  }

  private static Append append(UUID id, @Nullable Integer lastSeq, Random random) {
    int known = lastSeq != null && chance(60, random) ? lastSeq : random.nextInt(4);
    OrderHead head = new OrderHead(OrderStatus.CREATED, null, null, null, known + 1, 0);
    return new Append(id, OrderEventType.PAID, "{}", head);
  }

  @Override
  void insert(List<OrderCase> cases, Statements to) {
    List<OrderCase> there = cases.stream().filter(one -> one.lastSeq() != null).toList();
    to.add(
        ORDERS,
        Statements.uuids(there, OrderCase::id),
        Statements.longs(there, one -> (long) one.lastSeq()));
  }

  @Override
  void read(List<OrderCase> cases, Statements.Rows rows, Statements to) {
    to.query(rows, READ, Statements.uuids(cases, OrderCase::id));
  }
}
