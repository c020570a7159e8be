package com.techcorp.jdbc.internal.write;

import com.techcorp.jdbc.Statements;
import com.techcorp.payment.spi.PaymentEffect.DecideRefund;
import com.techcorp.payment.spi.PaymentEffect.OpenRefund;
import java.util.List;

/** The statements of refunds: each locks its charge first, whose state follows from them. */
final class RefundStatements {
  private static final String LOCK =
      """
      select 1 from ${payments}.transactions where id = any (?::uuid[]) order by id for update
      """;

  private static final String LOCK_BY_REFUND =
      """
      select 1 from ${payments}.transactions p
      where p.id in (select r.transaction_id from ${payments}.refunds r where r.id = any (?::uuid[]))
      order by p.id for update
      """;

  private static final String OPEN_REFUND =
      """
      with opened as (
        insert into ${payments}.refunds
          (id, transaction_id, amount, currency, status, created_at, updated_at)
        select i.id, i.transaction_id, i.amount, i.currency, 'PENDING', t.at, t.at
        from (
          select unnest(?::uuid[]) as id, unnest(?::uuid[]) as transaction_id,
            unnest(?::int8[]) as amount, unnest(?::text[]) as currency) i
        cross join (select ${saga}.clock() as at) t
        join ${payments}.transactions p on p.id = i.transaction_id
        where p.status in ('APPROVED', 'PARTIALLY_REFUNDED') and coalesce(p.taken_currency, p.currency) = i.currency
          and coalesce(p.taken_amount, p.amount) >= i.amount + (select coalesce(sum(r.amount), 0) from ${payments}.refunds r
            where r.transaction_id = p.id)
        returning 1)
      select ${saga}.expect((select count(*) from opened), ?, 'refund')
      """;

  private static final String DECIDE_REFUND =
      """
      with decided as (
        update ${payments}.refunds r set status = i.target,
          provider_ref = coalesce(i.provider_ref, r.provider_ref), updated_at = t.at
        from (
          select unnest(?::uuid[]) as id, unnest(?::text[]) as target, unnest(?::text[]) as provider_ref) i
        cross join (select ${saga}.clock() as at) t
        where r.id = i.id and r.status <> 'SUCCEEDED'
        returning 1)
      select ${saga}.expect((select count(*) from decided), ?, 'refund')
      """;

  private static final String REFUNDED =
      """
      update ${payments}.transactions p set updated_at = (select ${saga}.clock()),
        status = case when coalesce(p.taken_amount, p.amount) = (select sum(r.amount) from ${payments}.refunds r
          where r.transaction_id = p.id and r.status = 'SUCCEEDED') then 'REFUNDED'
          else 'PARTIALLY_REFUNDED' end
      where p.id in (select r.transaction_id from ${payments}.refunds r where r.id = any (?::uuid[])
        and r.status = 'SUCCEEDED')
      """;

  private RefundStatements() {}

  /**
   * Adds a statement for one refund, because two refunds of one charge must see each other and
   * refunds are rare.
   */
  static void open(OpenRefund refund, Statements to) {
    List<OpenRefund> one = List.of(refund);
    to.add(LOCK, Statements.uuids(one, OpenRefund::transactionId));
    to.add(
        OPEN_REFUND,
        Statements.uuids(one, OpenRefund::id),
        Statements.uuids(one, OpenRefund::transactionId),
        Statements.longs(one, OpenRefund::amount),
        Statements.texts(one, OpenRefund::currency),
        1L);
  }

  static void decide(List<DecideRefund> decides, Statements to) {
    if (decides.isEmpty()) {
      return;
    }
    Object ids = Statements.uuids(decides, DecideRefund::id);
    to.add(LOCK_BY_REFUND, ids);
    to.add(
        DECIDE_REFUND,
        ids,
        Statements.texts(decides, d -> d.to().name()),
        Statements.texts(decides, DecideRefund::providerRef),
        (long) decides.size());
    to.add(REFUNDED, ids);
  }
}
