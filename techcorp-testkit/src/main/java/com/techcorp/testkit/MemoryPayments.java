package com.techcorp.testkit;

import static com.techcorp.payment.TransactionStatus.ABANDONED;
import static com.techcorp.payment.TransactionStatus.APPROVED;
import static com.techcorp.payment.TransactionStatus.DECLINED;
import static com.techcorp.payment.TransactionStatus.PARTIALLY_REFUNDED;
import static com.techcorp.payment.TransactionStatus.PENDING;
import static com.techcorp.payment.TransactionStatus.REFUNDED;
import static com.techcorp.payment.TransactionStatus.UNKNOWN;
import static com.techcorp.payment.TransactionStatus.VOIDED;

import com.techcorp.error.Failure;
import com.techcorp.payment.Amount;
import com.techcorp.payment.Refund;
import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.Transaction;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.payment.spi.PaymentEffect;
import com.techcorp.payment.spi.PaymentLedger;
import com.techcorp.payment.spi.PaymentReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Charges and refunds in memory. */
final class MemoryPayments implements PaymentLedger {
  private static final Set<TransactionStatus> DEAD = Set.of(DECLINED, VOIDED, REFUNDED);
  private static final Set<TransactionStatus> REFUNDABLE = Set.of(APPROVED, PARTIALLY_REFUNDED);
  private static final Set<TransactionStatus> TAKES = Set.of(ABANDONED, APPROVED);
  private static final Set<TransactionStatus> UNDECIDED = Set.of(PENDING, UNKNOWN, ABANDONED);

  private final MemoryDatabase database;
  private final MemoryTable<UUID, Transaction> charges;
  private final MemoryTable<UUID, List<UUID>> byOrder;
  private final MemoryTable<UUID, Refund> refunds;
  private final MemoryTable<UUID, List<UUID>> byCharge;
  private final MemoryTable<UUID, List<PaymentReport>> reports;

  MemoryPayments(MemoryDatabase database) {
    this.database = database;
    this.charges = new MemoryTable<>(database);
    this.byOrder = new MemoryTable<>(database);
    this.refunds = new MemoryTable<>(database);
    this.byCharge = new MemoryTable<>(database);
    this.reports = new MemoryTable<>(database);
  }

  @Nullable Failure apply(PaymentEffect effect) {
    if (effect instanceof PaymentEffect.Open open) {
      return open(open);
    } else if (effect instanceof PaymentEffect.Decide decide) {
      return decide(decide);
    } else if (effect instanceof PaymentEffect.RequireApproved require) {
      return chargesOf(require.orderId()).anyMatch(charge -> charge.status() == APPROVED)
          ? null
          : refused("the order has no APPROVED charge");
    } else if (effect instanceof PaymentEffect.OpenRefund open) {
      return openRefund(open);
    } else if (effect instanceof PaymentEffect.Report report) {
      return report(report);
    } else if (effect instanceof PaymentEffect.Taken taken) {
      return taken(taken);
    }
    return decideRefund((PaymentEffect.DecideRefund) effect);
  }

  private @Nullable Failure open(PaymentEffect.Open open) {
    if (charges.has(open.id()) || live(open.orderId())) {
      return refused("the order has a live charge");
    }
    Instant now = database.now();
    append(byOrder, open.orderId(), open.id());
    charges.put(
        open.id(),
        new Transaction(
            open.id(),
            open.orderId(),
            open.amount(),
            open.currency(),
            open.method(),
            PENDING,
            null,
            null,
            null,
            now,
            now));
    return null;
  }

  private @Nullable Failure decide(PaymentEffect.Decide decide) {
    Transaction charge = charges.get(decide.id());
    if (charge == null || !decide.from().contains(charge.status())) {
      return refused("the charge is " + (charge == null ? "not recorded" : charge.status()));
    }
    boolean revived = DEAD.contains(charge.status()) && !DEAD.contains(decide.to());
    if (revived && live(charge.orderId())) {
      return refused("the order has another live charge");
    }
    put(charge, decide.to(), decide.providerRef(), decide.declineCode());
    return null;
  }

  private @Nullable Failure taken(PaymentEffect.Taken taken) {
    Transaction charge = charges.get(taken.id());
    if (charge == null || !TAKES.contains(charge.status())) {
      return refused("the charge is " + (charge == null ? "not recorded" : charge.status()));
    }
    if (refundsOf(charge.id()).findAny().isPresent()) {
      return refused("the charge has a refund");
    }
    put(charge, charge.status(), null, charge.declineCode(), taken.amount());
    return null;
  }

  private @Nullable Failure openRefund(PaymentEffect.OpenRefund open) {
    Transaction charge = charges.get(open.transactionId());
    if (refunds.has(open.id())) {
      return refused("refund " + open.id() + " is recorded already");
    }
    if (charge == null || !REFUNDABLE.contains(charge.status())) {
      return refused("the charge is " + (charge == null ? "not recorded" : charge.status()));
    }
    if (!charge.charged().currency().equals(open.currency())) {
      return refused("the charge is in " + charge.charged().currency());
    }
    if (exceeds(charge, open.amount())) {
      return refused("the refunds would exceed the charge");
    }
    Instant now = database.now();
    append(byCharge, charge.id(), open.id());
    refunds.put(
        open.id(),
        new Refund(
            open.id(),
            charge.id(),
            open.amount(),
            open.currency(),
            RefundStatus.PENDING,
            null,
            now,
            now));
    return null;
  }

  private @Nullable Failure decideRefund(PaymentEffect.DecideRefund decide) {
    Refund refund = refunds.get(decide.id());
    if (refund == null || refund.status() == RefundStatus.SUCCEEDED) {
      return refused("the refund is " + (refund == null ? "not recorded" : refund.status()));
    }
    Transaction charge = charges.get(refund.transactionId());
    if (charge == null) {
      return refused("the charge is not recorded");
    }
    String ref = decide.providerRef();
    refunds.put(
        refund.id(),
        new Refund(
            refund.id(),
            refund.transactionId(),
            refund.amount(),
            refund.currency(),
            decide.to(),
            ref == null ? refund.providerRef() : ref,
            refund.createdAt(),
            database.now()));
    if (decide.to() == RefundStatus.SUCCEEDED) {
      long back = sum(charge, Set.of(RefundStatus.SUCCEEDED));
      put(
          charge,
          back < charge.charged().minorUnits() ? PARTIALLY_REFUNDED : REFUNDED,
          null,
          charge.declineCode());
    }
    return null;
  }

  private @Nullable Failure report(PaymentEffect.Report report) {
    UUID id = report.transactionId();
    List<PaymentReport> all = new ArrayList<>(reportsOf(id));
    all.add(
        new PaymentReport(
            id,
            report.status(),
            report.providerRef(),
            report.declineCode(),
            report.taken(),
            database.now()));
    reports.put(id, List.copyOf(all));
    return null;
  }

  private List<PaymentReport> reportsOf(UUID transactionId) {
    List<PaymentReport> all = reports.get(transactionId);
    return all == null ? List.of() : all;
  }

  private boolean exceeds(Transaction charge, long more) {
    // One that FAILED counts: it is tried again.
    long promised = sum(charge, Set.of(RefundStatus.values()));
    return more > charge.charged().minorUnits() - promised;
  }

  private long sum(Transaction charge, Set<RefundStatus> in) {
    return refundsOf(charge.id())
        .filter(refund -> in.contains(refund.status()))
        .mapToLong(Refund::amount)
        .sum();
  }

  private void put(
      Transaction charge,
      TransactionStatus status,
      @Nullable String providerRef,
      @Nullable String declineCode) {
    put(charge, status, providerRef, declineCode, charge.taken());
  }

  private void put(
      Transaction charge,
      TransactionStatus status,
      @Nullable String providerRef,
      @Nullable String declineCode,
      @Nullable Amount taken) {
    charges.put(
        charge.id(),
        new Transaction(
            charge.id(),
            charge.orderId(),
            charge.amount(),
            charge.currency(),
            charge.method(),
            status,
            providerRef == null ? charge.providerRef() : providerRef,
            declineCode,
            taken,
            charge.createdAt(),
            database.now()));
  }

  private boolean live(UUID orderId) {
    return chargesOf(orderId).anyMatch(charge -> !DEAD.contains(charge.status()));
  }

  private Stream<Transaction> chargesOf(UUID orderId) {
    return ids(byOrder, orderId).stream().map(charges::get).flatMap(Stream::ofNullable);
  }

  private Stream<Refund> refundsOf(UUID chargeId) {
    return ids(byCharge, chargeId).stream().map(refunds::get).flatMap(Stream::ofNullable);
  }

  private static List<UUID> ids(MemoryTable<UUID, List<UUID>> index, UUID key) {
    List<UUID> ids = index.get(key);
    return ids == null ? List.of() : ids;
  }

  private static void append(MemoryTable<UUID, List<UUID>> index, UUID key, UUID id) {
    List<UUID> ids = new ArrayList<>(ids(index, key));
    ids.add(id);
    index.put(key, List.copyOf(ids));
  }

  private static Failure refused(String message) {
    return Failure.of(PaymentEffect.PAYMENT_STATE, message);
  }

  @Override
  public Optional<Transaction> ofOrder(UUID orderId) {
    return database.transaction(() -> chargesOf(orderId).reduce((earlier, later) -> later));
  }

  @Override
  public Optional<Transaction> find(UUID id) {
    return database.transaction(() -> Optional.ofNullable(charges.get(id)));
  }

  @Override
  public List<Refund> refunds(UUID transactionId) {
    return database.transaction(() -> refundsOf(transactionId).toList());
  }

  @Override
  public List<Transaction> undecided(Duration olderThan, int limit) {
    return database.transaction(
        () -> {
          Instant since = database.now().minus(olderThan);
          return charges
              .rows()
              .filter(charge -> UNDECIDED.contains(charge.status()))
              .filter(charge -> !charge.updatedAt().isAfter(since))
              .sorted(Comparator.comparing(Transaction::updatedAt))
              .limit(limit)
              .toList();
        });
  }

  @Override
  public Optional<PaymentReport> reported(UUID transactionId) {
    return database.transaction(
        () ->
            reportsOf(transactionId).stream()
                .min(
                    Comparator.comparing((PaymentReport report) -> report.status() != APPROVED)
                        .thenComparing(report -> report.taken() == null)));
  }
}
