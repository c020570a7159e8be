package com.techcorp.jdbc;

import com.techcorp.jdbc.internal.write.PaymentWrites;
import com.techcorp.payment.Amount;
import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.payment.spi.ChargeState;
import com.techcorp.payment.spi.PaymentEffect;
import com.techcorp.payment.spi.PaymentEffect.Decide;
import com.techcorp.payment.spi.PaymentEffect.DecideRefund;
import com.techcorp.payment.spi.PaymentEffect.Open;
import com.techcorp.payment.spi.PaymentEffect.OpenRefund;
import com.techcorp.payment.spi.PaymentEffect.Report;
import com.techcorp.payment.spi.PaymentEffect.RequireApproved;
import com.techcorp.payment.spi.PaymentEffect.Taken;
import com.techcorp.payment.spi.PaymentOutcome;
import com.techcorp.payment.spi.PaymentRules;
import com.techcorp.payment.spi.PaymentState;
import com.techcorp.payment.spi.RefundState;
import com.techcorp.storage.Decision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Payments: statements and {@link PaymentRules} agree. */
class PaymentRulesIT extends RuleAgreement<PaymentEffect, PaymentRulesIT.PaymentCase> {
  private static final String CHARGES =
      """
      insert into payments.transactions (id, order_id, amount, currency, method, status,
        idempotency_key, created_at, updated_at, taken_amount, taken_currency)
      select i.id, i.order_id, 50, 'USD', 'pix', i.status, i.id::text, saga.clock(), saga.clock(),
        i.amount, i.currency
      from (
        select unnest(?::uuid[]) as id, unnest(?::uuid[]) as order_id, unnest(?::text[]) as status,
          unnest(?::int8[]) as amount, unnest(?::text[]) as currency) i
      """;

  private static final String REFUNDS =
      """
      insert into payments.refunds
        (id, transaction_id, amount, currency, status, created_at, updated_at)
      select i.id, i.transaction_id, i.amount, 'BRL', i.status, saga.clock(), saga.clock()
      from (
        select unnest(?::uuid[]) as id, unnest(?::uuid[]) as transaction_id,
          unnest(?::int8[]) as amount, unnest(?::text[]) as status) i
      """;

  private static final String READ =
      """
      with i as (select unnest(?::uuid[]) as id),
      charges as (select p.* from i join payments.transactions p on p.order_id = i.id)
      select p.order_id, format('%s is %s over %s %s', p.id, p.status,
        coalesce(p.taken_amount, p.amount), coalesce(p.taken_currency, p.currency))
      from charges p
      union all
      select p.order_id, format('%s of %s is %s over %s', r.id, r.transaction_id, r.status, r.amount)
      from charges p join payments.refunds r on r.transaction_id = p.id
      """;

  private static final List<Class<? extends PaymentEffect>> KINDS =
      List.of(
          Open.class,
          Decide.class,
          Taken.class,
          RequireApproved.class,
          OpenRefund.class,
          DecideRefund.class,
          Report.class);

  /** An order, its charges and their refunds. */
  record PaymentCase(
      UUID id,
      Map<UUID, ChargeState> charges,
      Map<UUID, RefundState> refunds,
      PaymentEffect request)
      implements Case<PaymentEffect>, PaymentState {
    @Override
    public @Nullable ChargeState charge(UUID chargeId) {
      return charges.get(chargeId);
    }

    @Override
    public @Nullable ChargeState liveCharge(UUID orderId) {
      return charges.values().stream()
          .filter(
              charge -> charge.orderId().equals(orderId) && PaymentRules.isLive(charge.status()))
          .findFirst()
          .orElse(null);
    }

    @Override
    public @Nullable RefundState refund(UUID refundId) {
      return refunds.get(refundId);
    }

    @Override
    public String before() {
      return state(charges, refunds);
    }

    @Override
    public Decision<String> decision() {
      return described(PaymentRules.decide(request, this), this::after);
    }

    private String after(PaymentOutcome outcome) {
      Map<UUID, ChargeState> chargesThen = new HashMap<>(charges);
      Map<UUID, RefundState> refundsThen = new HashMap<>(refunds);
      if (outcome.charge() != null) {
        chargesThen.put(outcome.charge().id(), outcome.charge());
      }
      if (outcome.refund() != null) {
        refundsThen.put(outcome.refund().id(), outcome.refund());
      }
      return state(chargesThen, refundsThen);
    }

    private static String state(Map<UUID, ChargeState> charges, Map<UUID, RefundState> refunds) {
      List<String> rows = new ArrayList<>();
      charges
          .values()
          .forEach(
              c ->
                  rows.add(
                      "%s is %s over %d %s"
                          .formatted(
                              c.id(),
                              c.status(),
                              c.charged().minorUnits(),
                              c.charged().currency())));
      refunds
          .values()
          .forEach(
              r ->
                  rows.add(
                      "%s of %s is %s over %d"
                          .formatted(r.id(), r.transactionId(), r.status(), r.amount())));
      return text(rows);
    }
  }

  @Override
  EffectWriter<PaymentEffect> writer() {
    return new PaymentWrites();
  }

  @Override
  Set<Class<?>> neverRefused() {
    return Set.of(Report.class);
  }

  @Override
  PaymentCase generate(Random random) {
    UUID order = id(random);
    Class<? extends PaymentEffect> kind = KINDS.get(random.nextInt(KINDS.size()));
    Map<UUID, ChargeState> charges = new HashMap<>();
    Map<UUID, RefundState> refunds = new HashMap<>();
    int number = kind == Open.class && chance(50, random) ? 0 : 1 + random.nextInt(2);
    boolean live = false;
    for (int i = 0; i < number; i++) {
      TransactionStatus status = status(kind, random);
      if (live && PaymentRules.isLive(status)) {
        status = TransactionStatus.DECLINED; // an order has one live charge at the most
      }
      live |= PaymentRules.isLive(status);
      ChargeState charge = charge(order, status, kind, refunds, random);
      charges.put(charge.id(), charge);
    }
    return new PaymentCase(
        order,
        charges,
        refunds,
        request(kind, order, List.copyOf(charges.values()), List.copyOf(refunds.values()), random));
  }

  private static TransactionStatus status(Class<?> kind, Random random) {
    boolean charged = kind != Open.class && kind != Decide.class && chance(60, random);
    return charged ? TransactionStatus.APPROVED : oneOf(random, TransactionStatus.values());
  }

  /** Its refunds never come to more than was charged. */
  private static ChargeState charge(
      UUID order,
      TransactionStatus status,
      Class<?> kind,
      Map<UUID, RefundState> refunds,
      Random random) {
    UUID id = id(random);
    Amount charged = new Amount(20 + 10 * random.nextInt(5), "BRL");
    long promised = 0;
    long returned = 0;
    int number = chance(kind == DecideRefund.class ? 90 : 40, random) ? 1 + random.nextInt(2) : 0;
    for (int i = 0; i < number; i++) {
      RefundStatus now = oneOf(random, RefundStatus.values());
      long amount = 10;
      UUID refund = id(random);
      refunds.put(refund, new RefundState(refund, id, amount, now));
      promised += amount;
      returned += now == RefundStatus.SUCCEEDED ? amount : 0;
    }
    return new ChargeState(id, order, charged, status, promised, returned);
  }

  private static PaymentEffect request(
      Class<?> kind,
      UUID order,
      List<ChargeState> charges,
      List<RefundState> refunds,
      Random random) {
    UUID charge =
        charges.isEmpty() || chance(5, random)
            ? id(random)
            : charges.get(random.nextInt(charges.size())).id();
    UUID refund =
        refunds.isEmpty() || chance(5, random)
            ? id(random)
            : refunds.get(random.nextInt(refunds.size())).id();
    if (kind == Open.class) {
      return new Open(chance(90, random) ? id(random) : charge, order, 100, "BRL", "pix");
    } else if (kind == Decide.class) {
      return new Decide(
          charge, some(random), oneOf(random, TransactionStatus.values()), null, null);
    } else if (kind == Taken.class) {
      return new Taken(charge, new Amount(random.nextInt(100), oneOf(random, "BRL", "USD")));
    } else if (kind == RequireApproved.class) {
      return new RequireApproved(chance(95, random) ? order : id(random));
    } else if (kind == OpenRefund.class) {
      long amount = 10 + 10 * random.nextInt(4);
      String currency = chance(90, random) ? "BRL" : "USD";
      return new OpenRefund(chance(90, random) ? id(random) : refund, charge, amount, currency);
    } else if (kind == DecideRefund.class) {
      return new DecideRefund(refund, oneOf(random, RefundStatus.values()), null);
    }
    return new Report(charge, TransactionStatus.APPROVED, "ref", null, null);
  }

  private static Set<TransactionStatus> some(Random random) {
    List<TransactionStatus> all = new ArrayList<>(List.of(TransactionStatus.values()));
    Collections.shuffle(all, random);
    return Set.copyOf(all.subList(0, 1 + random.nextInt(all.size())));
  }

  @Override
  void insert(List<PaymentCase> cases, Statements to) {
    List<ChargeState> charges =
        cases.stream().flatMap(one -> one.charges().values().stream()).toList();
    to.add(
        CHARGES,
        Statements.uuids(charges, ChargeState::id),
        Statements.uuids(charges, ChargeState::orderId),
        Statements.texts(charges, charge -> charge.status().name()),
        Statements.longs(charges, charge -> charge.charged().minorUnits()),
        Statements.texts(charges, charge -> charge.charged().currency()));
    List<RefundState> refunds =
        cases.stream().flatMap(one -> one.refunds().values().stream()).toList();
    to.add(
        REFUNDS,
        Statements.uuids(refunds, RefundState::id),
        Statements.uuids(refunds, RefundState::transactionId),
        Statements.longs(refunds, RefundState::amount),
        Statements.texts(refunds, refund -> refund.status().name()));
  }

  @Override
  void read(List<PaymentCase> cases, Statements.Rows rows, Statements to) {
    to.query(rows, READ, Statements.uuids(cases, PaymentCase::id));
  }
}
