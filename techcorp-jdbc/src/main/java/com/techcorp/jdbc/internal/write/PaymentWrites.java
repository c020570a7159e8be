package com.techcorp.jdbc.internal.write;

import com.techcorp.jdbc.EffectWriter;
import com.techcorp.jdbc.Statements;
import com.techcorp.jdbc.internal.batch.UuidOrder;
import com.techcorp.payment.spi.PaymentEffect;
import com.techcorp.payment.spi.PaymentEffect.Decide;
import com.techcorp.payment.spi.PaymentEffect.DecideRefund;
import com.techcorp.payment.spi.PaymentEffect.Open;
import com.techcorp.payment.spi.PaymentEffect.OpenRefund;
import com.techcorp.payment.spi.PaymentEffect.Report;
import com.techcorp.payment.spi.PaymentEffect.RequireApproved;
import com.techcorp.payment.spi.PaymentEffect.Taken;
import com.techcorp.storage.Fence;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Charges and refunds; each change of state is a compare-and-set. */
public final class PaymentWrites implements EffectWriter<PaymentEffect> {
  private static final String OPEN =
      """
      insert into ${payments}.transactions
        (id, order_id, amount, currency, method, status, idempotency_key, created_at, updated_at)
      select i.id, i.order_id, i.amount, i.currency, i.method, 'PENDING', i.id::text, t.at, t.at
      from (
        select unnest(?::uuid[]) as id, unnest(?::uuid[]) as order_id, unnest(?::int8[]) as amount,
          unnest(?::text[]) as currency, unnest(?::text[]) as method) i
      cross join (select ${saga}.clock() as at) t
      """;

  private static final String DECIDE =
      """
      decided as (
        update ${payments}.transactions p set status = i.target,
          provider_ref = coalesce(i.provider_ref, p.provider_ref), decline_code = i.decline_code,
          updated_at = t.at
        from (
          select unnest(?::uuid[]) as id, unnest(?::text[]) as sources, unnest(?::text[]) as target,
            unnest(?::text[]) as provider_ref, unnest(?::text[]) as decline_code) i
        cross join (select ${saga}.clock() as at) t
        where p.id = i.id and p.status = any (string_to_array(i.sources, ','))
        returning p.id, p.order_id, p.status, p.live)
      """;

  private static final String DECIDED =
      "${saga}.expect((select count(*) from decided), ?, 'charge')";

  /** Rare: a provider that takes what it was not asked for. */
  private static final String TAKEN =
      """
      with taken as (
        update ${payments}.transactions p set taken_amount = i.amount, taken_currency = i.currency,
          updated_at = t.at
        from (
          select unnest(?::uuid[]) as id, unnest(?::int8[]) as amount,
            unnest(?::text[]) as currency) i
        cross join (select ${saga}.clock() as at) t
        where p.id = i.id and p.status in ('ABANDONED', 'APPROVED')
          and not exists (select from ${payments}.refunds r where r.transaction_id = p.id)
        returning 1)
      select ${saga}.expect((select count(*) from taken), ?, 'charge that took another amount')
      """;

  private static final String REQUIRE =
      """
      select ${saga}.expect((select count(*) from ${payments}.transactions p
        where p.order_id = any (?::uuid[]) and p.live and p.status = 'APPROVED'), ?, 'approved charge')
      """;

  /** Of an order whose charge is decided at the same time, the outcome counts. */
  private static final String DECIDED_AND_REQUIRED =
      """
      ${saga}.expect(
        (select count(*) from decided d
          where d.order_id = any (?::uuid[]) and d.live and d.status = 'APPROVED')
        + (select count(*) from ${payments}.transactions p
          where p.order_id = any (?::uuid[]) and p.live and p.status = 'APPROVED'
            and not exists (select from decided d where d.id = p.id)), ?, 'approved charge')
      """;

  private static final String REPORT =
      """
      insert into ${payments}.reports
        (transaction_id, status, provider_ref, decline_code, taken_amount, taken_currency, reported_at)
      select i.transaction_id, i.status, i.provider_ref, i.decline_code, i.amount, i.currency, t.at
      from (
        select unnest(?::uuid[]) as transaction_id, unnest(?::text[]) as status,
          unnest(?::text[]) as provider_ref, unnest(?::text[]) as decline_code,
          unnest(?::int8[]) as amount, unnest(?::text[]) as currency) i
      cross join (select ${saga}.clock() as at) t
      """;

  @Override
  public Class<PaymentEffect> type() {
    return PaymentEffect.class;
  }

  @Override
  public int rank() {
    return 40;
  }

  @Override
  public void write(List<PaymentEffect> effects, @Nullable Fence fence, Statements to) {
    open(PaymentGuard.only(Open.class, effects), to);
    decide(
        folded(PaymentGuard.only(Decide.class, effects)),
        PaymentGuard.only(RequireApproved.class, effects),
        to);
    taken(latest(PaymentGuard.only(Taken.class, effects)), to);
    PaymentGuard.only(OpenRefund.class, effects)
        .forEach(refund -> RefundStatements.open(refund, to));
    RefundStatements.decide(PaymentGuard.only(DecideRefund.class, effects), to);
    report(PaymentGuard.only(Report.class, effects), to);
  }

  /** Two changes of one charge in a batch are one, if the second starts where the first ends. */
  private static Collection<Decide> folded(List<Decide> decides) {
    Map<UUID, Decide> byId = new TreeMap<>(UuidOrder.BY_BYTES);
    for (Decide next : decides) {
      byId.merge(
          next.id(),
          next,
          (first, second) -> {
            if (!second.from().contains(first.to())) {
              throw new GuardFailedException("charge states do not follow each other in a batch");
            }
            String ref = second.providerRef() == null ? first.providerRef() : second.providerRef();
            return new Decide(first.id(), first.from(), second.to(), ref, second.declineCode());
          });
    }
    return byId.values();
  }

  /** Two of one charge in a batch: an update must not find a row twice. */
  private static Collection<Taken> latest(List<Taken> taken) {
    Map<UUID, Taken> byId = new TreeMap<>(UuidOrder.BY_BYTES);
    taken.forEach(one -> byId.put(one.id(), one));
    return byId.values();
  }

  private static void taken(Collection<Taken> taken, Statements to) {
    if (!taken.isEmpty()) {
      to.add(
          TAKEN,
          Statements.uuids(taken, Taken::id),
          Statements.longs(taken, one -> one.amount().minorUnits()),
          Statements.texts(taken, one -> one.amount().currency()),
          (long) taken.size());
    }
  }

  private static void open(List<Open> opens, Statements to) {
    if (!opens.isEmpty()) {
      to.add(
          OPEN,
          Statements.uuids(opens, Open::id),
          Statements.uuids(opens, Open::orderId),
          Statements.longs(opens, Open::amount),
          Statements.texts(opens, Open::currency),
          Statements.texts(opens, Open::method));
    }
  }

  private static void decide(
      Collection<Decide> decides, List<RequireApproved> required, Statements to) {
    Set<UUID> paid = new TreeSet<>();
    required.forEach(r -> paid.add(r.orderId()));
    if (decides.isEmpty()) {
      if (!paid.isEmpty()) {
        to.add(REQUIRE, Statements.uuids(paid), (long) paid.size());
      }
      return;
    }
    CombinedStatement all = new CombinedStatement();
    all.change(
        DECIDE,
        Statements.uuids(decides, Decide::id),
        Statements.texts(decides, PaymentWrites::sources),
        Statements.texts(decides, d -> d.to().name()),
        Statements.texts(decides, Decide::providerRef),
        Statements.texts(decides, Decide::declineCode));
    all.check(DECIDED, (long) decides.size());
    if (!paid.isEmpty()) {
      Object orders = Statements.uuids(paid);
      all.check(DECIDED_AND_REQUIRED, orders, orders, (long) paid.size());
    }
    all.addTo(to);
  }

  private static String sources(Decide decide) {
    return decide.from().stream().map(Enum::name).sorted().collect(Collectors.joining(","));
  }

  private static void report(List<Report> reports, Statements to) {
    if (!reports.isEmpty()) {
      to.add(
          REPORT,
          Statements.uuids(reports, Report::transactionId),
          Statements.texts(reports, r -> r.status().name()),
          Statements.texts(reports, Report::providerRef),
          Statements.texts(reports, Report::declineCode),
          Statements.longs(reports, r -> r.taken() == null ? null : r.taken().minorUnits()),
          Statements.texts(reports, r -> r.taken() == null ? null : r.taken().currency()));
    }
  }

  @Override
  public Guard<PaymentEffect> guard(
      List<PaymentEffect> effects, @Nullable Fence fence, Statements to) {
    return PaymentGuard.over(effects, to);
  }
}
