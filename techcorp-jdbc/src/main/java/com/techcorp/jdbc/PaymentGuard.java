package com.techcorp.jdbc;

import com.techcorp.error.Failure;
import com.techcorp.jdbc.EffectWriter.Guard;
import com.techcorp.payment.Amount;
import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.payment.spi.PaymentEffect;
import com.techcorp.payment.spi.PaymentEffect.Decide;
import com.techcorp.payment.spi.PaymentEffect.DecideRefund;
import com.techcorp.payment.spi.PaymentEffect.Open;
import com.techcorp.payment.spi.PaymentEffect.OpenRefund;
import com.techcorp.payment.spi.PaymentEffect.RequireApproved;
import com.techcorp.payment.spi.PaymentEffect.Taken;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides over locked charges and their refunds. */
final class PaymentGuard implements Guard<PaymentEffect> {
  private static final String CHARGES =
      """
      select p.id, p.order_id, coalesce(p.taken_amount, p.amount), p.status, p.live,
        (select coalesce(sum(r.amount), 0) from payments.refunds r where r.transaction_id = p.id),
        coalesce(p.taken_currency, p.currency)
      from payments.transactions p
      where p.id = any (array(
        select unnest(?::uuid[])
        union all select l.id from payments.transactions l where l.live and l.order_id = any (?::uuid[])
        union all select l.id from payments.transactions l where l.live and l.order_id = any (array(
          select d.order_id from payments.transactions d where d.id = any (?::uuid[])))
        union all select r.transaction_id from payments.refunds r where r.id = any (?::uuid[])))
      order by p.id for update
      """;

  private static final String REFUNDS =
      "select id, status from payments.refunds where id = any (?::uuid[])";

  private record Charge(UUID orderId, Amount charged, TransactionStatus status, long refunds) {
    Charge now(TransactionStatus changed) {
      return new Charge(orderId, charged, changed, refunds);
    }

    boolean allows(Amount refund) {
      return charged.currency().equals(refund.currency())
          && refunds + refund.minorUnits() <= charged.minorUnits();
    }
  }

  private static final Set<TransactionStatus> DEAD =
      Set.of(TransactionStatus.DECLINED, TransactionStatus.VOIDED, TransactionStatus.REFUNDED);

  private final Overlay<UUID, Charge> charges = new Overlay<>();
  private final Overlay<UUID, UUID> liveByOrder = new Overlay<>();
  private final Overlay<UUID, RefundStatus> refunds = new Overlay<>();

  private PaymentGuard() {}

  static PaymentGuard over(List<PaymentEffect> effects, Statements to) {
    PaymentGuard guard = new PaymentGuard();
    Set<UUID> ids = new TreeSet<>();
    Set<UUID> orders = new TreeSet<>();
    Set<UUID> refundIds = new TreeSet<>();
    PaymentWrites.only(Open.class, effects).forEach(e -> orders.add(e.orderId()));
    Set<UUID> revived = new TreeSet<>();
    for (Decide decide : PaymentWrites.only(Decide.class, effects)) {
      ids.add(decide.id());
      if (!Collections.disjoint(decide.from(), DEAD) && !DEAD.contains(decide.to())) {
        revived.add(decide.id()); // counts again: its order must have no other
      }
    }
    PaymentWrites.only(RequireApproved.class, effects).forEach(e -> orders.add(e.orderId()));
    PaymentWrites.only(Taken.class, effects).forEach(e -> ids.add(e.id()));
    for (OpenRefund refund : PaymentWrites.only(OpenRefund.class, effects)) {
      ids.add(refund.transactionId());
      refundIds.add(refund.id());
    }
    PaymentWrites.only(DecideRefund.class, effects).forEach(e -> refundIds.add(e.id()));
    to.query(
        rows -> {
          while (rows.next()) {
            UUID id = rows.getObject(1, UUID.class);
            UUID order = rows.getObject(2, UUID.class);
            TransactionStatus status = TransactionStatus.valueOf(rows.getString(4));
            Amount charged = new Amount(rows.getLong(3), rows.getString(7));
            guard.charges.load(id, new Charge(order, charged, status, rows.getLong(6)));
            if (rows.getBoolean(5)) {
              guard.liveByOrder.load(order, id);
            }
          }
        },
        CHARGES,
        Statements.uuids(ids),
        Statements.uuids(orders),
        Statements.uuids(revived),
        Statements.uuids(refundIds));
    to.query(
        rows -> {
          while (rows.next()) {
            guard.refunds.load(
                rows.getObject(1, UUID.class), RefundStatus.valueOf(rows.getString(2)));
          }
        },
        REFUNDS,
        Statements.uuids(refundIds));
    return guard;
  }

  @Override
  public @Nullable Failure admit(PaymentEffect effect) {
    if (effect instanceof Open open) {
      return open(open);
    }
    if (effect instanceof Decide decide) {
      return decide(decide);
    }
    if (effect instanceof RequireApproved required) {
      UUID live = liveByOrder.get(required.orderId());
      Charge charge = live == null ? null : charges.get(live);
      return charge != null && charge.status() == TransactionStatus.APPROVED
          ? null
          : refused("order " + required.orderId() + " has no approved charge");
    }
    if (effect instanceof PaymentEffect.Report) {
      return null; // what a provider said is never refused
    }
    if (effect instanceof Taken taken) {
      return taken(taken);
    }
    return effect instanceof OpenRefund refund
        ? openRefund(refund)
        : decideRefund((DecideRefund) effect);
  }

  private @Nullable Failure open(Open open) {
    if (liveByOrder.get(open.orderId()) != null || charges.get(open.id()) != null) {
      return refused("order " + open.orderId() + " has a live charge");
    }
    Amount asked = new Amount(open.amount(), open.currency());
    charges.put(open.id(), new Charge(open.orderId(), asked, TransactionStatus.PENDING, 0));
    liveByOrder.put(open.orderId(), open.id());
    return null;
  }

  private @Nullable Failure decide(Decide decide) {
    Charge charge = charges.get(decide.id());
    if (charge == null || !decide.from().contains(charge.status())) {
      String is = charge == null ? "unknown" : charge.status().name();
      return refused("charge " + decide.id() + " is " + is + ", not in " + decide.from());
    }
    boolean wasDead = DEAD.contains(charge.status());
    if (DEAD.contains(decide.to())) {
      if (!wasDead) {
        liveByOrder.put(charge.orderId(), null);
      }
    } else if (wasDead) {
      if (liveByOrder.get(charge.orderId()) != null) {
        return refused("order " + charge.orderId() + " has another live charge");
      }
      liveByOrder.put(charge.orderId(), decide.id());
    }
    charges.put(decide.id(), charge.now(decide.to()));
    return null;
  }

  private @Nullable Failure taken(Taken taken) {
    Charge charge = charges.get(taken.id());
    boolean open =
        charge != null
            && charge.refunds() == 0
            && (charge.status() == TransactionStatus.ABANDONED
                || charge.status() == TransactionStatus.APPROVED);
    if (charge == null || !open) {
      return refused("charge " + taken.id() + " stands, or goes back already");
    }
    charges.put(taken.id(), new Charge(charge.orderId(), taken.amount(), charge.status(), 0));
    return null;
  }

  private @Nullable Failure openRefund(OpenRefund refund) {
    if (refunds.get(refund.id()) != null) {
      return refused("refund " + refund.id() + " is recorded already");
    }
    Charge charge = charges.get(refund.transactionId());
    Amount back = new Amount(refund.amount(), refund.currency());
    boolean charged =
        charge != null
            && (charge.status() == TransactionStatus.APPROVED
                || charge.status() == TransactionStatus.PARTIALLY_REFUNDED);
    if (charge == null || !charged || !charge.allows(back)) {
      return refused("charge " + refund.transactionId() + " has not that much left to refund");
    }
    charges.put(
        refund.transactionId(),
        new Charge(
            charge.orderId(),
            charge.charged(),
            charge.status(),
            charge.refunds() + refund.amount()));
    refunds.put(refund.id(), RefundStatus.PENDING);
    return null;
  }

  private @Nullable Failure decideRefund(DecideRefund decide) {
    RefundStatus status = refunds.get(decide.id());
    if (status == null || status == RefundStatus.SUCCEEDED) {
      return refused("refund " + decide.id() + " is " + (status == null ? "unknown" : status));
    }
    refunds.put(decide.id(), decide.to());
    return null;
  }

  private static Failure refused(String message) {
    return Failure.of(PaymentEffect.PAYMENT_STATE, message);
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
