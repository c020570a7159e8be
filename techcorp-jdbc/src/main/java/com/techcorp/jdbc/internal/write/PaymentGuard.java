package com.techcorp.jdbc.internal.write;

import com.techcorp.error.Failure;
import com.techcorp.jdbc.EffectWriter.Guard;
import com.techcorp.jdbc.Statements;
import com.techcorp.payment.Amount;
import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.payment.spi.ChargeState;
import com.techcorp.payment.spi.PaymentEffect;
import com.techcorp.payment.spi.PaymentEffect.Decide;
import com.techcorp.payment.spi.PaymentEffect.DecideRefund;
import com.techcorp.payment.spi.PaymentEffect.Open;
import com.techcorp.payment.spi.PaymentEffect.OpenRefund;
import com.techcorp.payment.spi.PaymentEffect.RequireApproved;
import com.techcorp.payment.spi.PaymentEffect.Taken;
import com.techcorp.payment.spi.PaymentOutcome;
import com.techcorp.payment.spi.PaymentRules;
import com.techcorp.payment.spi.PaymentState;
import com.techcorp.payment.spi.RefundState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Loads and locks the charges that {@link PaymentRules} decide about, and their refunds. */
final class PaymentGuard implements Guard<PaymentEffect>, PaymentState {
  private static final String CHARGES =
      """
      select p.id, p.order_id, coalesce(p.taken_amount, p.amount), p.status, p.live,
        (select coalesce(sum(r.amount), 0) from ${payments}.refunds r where r.transaction_id = p.id),
        coalesce(p.taken_currency, p.currency),
        (select coalesce(sum(r.amount), 0) from ${payments}.refunds r
          where r.transaction_id = p.id and r.status = 'SUCCEEDED')
      from ${payments}.transactions p
      where p.id = any (array(
        select unnest(?::uuid[])
        union all select l.id from ${payments}.transactions l where l.live and l.order_id = any (?::uuid[])
        union all select l.id from ${payments}.transactions l where l.live and l.order_id = any (array(
          select d.order_id from ${payments}.transactions d where d.id = any (?::uuid[])))
        union all select r.transaction_id from ${payments}.refunds r where r.id = any (?::uuid[])
        union all select l.id from ${payments}.transactions l where l.live and l.order_id = any (array(
          select d.order_id from ${payments}.transactions d where d.id = any (array(
            select r.transaction_id from ${payments}.refunds r where r.id = any (?::uuid[])))))))
      order by p.id for update
      """;

  private static final String REFUNDS =
      """
      select id, transaction_id, amount, status from ${payments}.refunds where id = any (?::uuid[])
      """;

  private final Overlay<UUID, ChargeState> charges = new Overlay<>();
  private final Overlay<UUID, UUID> liveByOrder = new Overlay<>();
  private final Overlay<UUID, RefundState> refunds = new Overlay<>();

  private PaymentGuard() {}

  static PaymentGuard over(List<PaymentEffect> effects, Statements to) {
    PaymentGuard guard = new PaymentGuard();
    Set<UUID> ids = new TreeSet<>();
    Set<UUID> orders = new TreeSet<>();
    Set<UUID> refundIds = new TreeSet<>();
    for (Open open : only(Open.class, effects)) {
      ids.add(open.id()); // a charge that is not live has its id even so
      orders.add(open.orderId());
    }
    Set<UUID> revived = new TreeSet<>();
    for (Decide decide : only(Decide.class, effects)) {
      ids.add(decide.id());
      if (PaymentRules.mayRevive(decide)) {
        revived.add(decide.id()); // counts again: its order must have no other
      }
    }
    only(RequireApproved.class, effects).forEach(e -> orders.add(e.orderId()));
    only(Taken.class, effects).forEach(e -> ids.add(e.id()));
    for (OpenRefund refund : only(OpenRefund.class, effects)) {
      ids.add(refund.transactionId());
      refundIds.add(refund.id());
    }
    only(DecideRefund.class, effects).forEach(e -> refundIds.add(e.id()));
    to.query(
        rows -> {
          while (rows.next()) {
            UUID id = rows.getObject(1, UUID.class);
            UUID order = rows.getObject(2, UUID.class);
            TransactionStatus status = TransactionStatus.valueOf(rows.getString(4));
            Amount charged = new Amount(rows.getLong(3), rows.getString(7));
            guard.charges.load(
                id, new ChargeState(id, order, charged, status, rows.getLong(6), rows.getLong(8)));
            if (rows.getBoolean(5)) {
              guard.liveByOrder.load(order, id);
            }
          }
        },
        CHARGES,
        Statements.uuids(ids),
        Statements.uuids(orders),
        Statements.uuids(revived),
        Statements.uuids(refundIds),
        Statements.uuids(refundIds));
    to.query(
        rows -> {
          while (rows.next()) {
            UUID id = rows.getObject(1, UUID.class);
            guard.refunds.load(
                id,
                new RefundState(
                    id,
                    rows.getObject(2, UUID.class),
                    rows.getLong(3),
                    RefundStatus.valueOf(rows.getString(4))));
          }
        },
        REFUNDS,
        Statements.uuids(refundIds));
    return guard;
  }

  /** Returns the effects of one kind, in their order. */
  static <T extends PaymentEffect> List<T> only(Class<T> type, List<PaymentEffect> effects) {
    List<T> found = new ArrayList<>();
    effects.forEach(
        effect -> {
          if (type.isInstance(effect)) {
            found.add(type.cast(effect));
          }
        });
    return found;
  }

  @Override
  public @Nullable Failure admit(PaymentEffect effect) {
    return PaymentRules.decide(effect, this).ifAccepted(this::put);
  }

  private void put(PaymentOutcome outcome) {
    ChargeState charge = outcome.charge();
    if (charge != null) {
      charges.put(charge.id(), charge);
      if (PaymentRules.isLive(charge.status())) {
        liveByOrder.put(charge.orderId(), charge.id());
      } else if (charge.id().equals(liveByOrder.get(charge.orderId()))) {
        liveByOrder.put(charge.orderId(), null);
      }
    }
    RefundState refund = outcome.refund();
    if (refund != null) {
      refunds.put(refund.id(), refund);
    }
  }

  @Override
  public @Nullable ChargeState charge(UUID id) {
    return charges.get(id);
  }

  @Override
  public @Nullable ChargeState liveCharge(UUID orderId) {
    UUID live = liveByOrder.get(orderId);
    return live == null ? null : charges.get(live);
  }

  @Override
  public @Nullable RefundState refund(UUID id) {
    return refunds.get(id);
  }

  @Override
  public void keep() {
    charges.keep();
    liveByOrder.keep();
    refunds.keep();
  }

  @Override
  public void undo() {
    charges.undo();
    liveByOrder.undo();
    refunds.undo();
  }
}
