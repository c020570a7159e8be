package com.techcorp.testkit;

import static com.techcorp.payment.TransactionStatus.ABANDONED;
import static com.techcorp.payment.TransactionStatus.APPROVED;
import static com.techcorp.payment.TransactionStatus.PENDING;
import static com.techcorp.payment.TransactionStatus.UNKNOWN;

import com.techcorp.error.Failure;
import com.techcorp.payment.Amount;
import com.techcorp.payment.Refund;
import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.Transaction;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.payment.spi.ChargeState;
import com.techcorp.payment.spi.PaymentEffect;
import com.techcorp.payment.spi.PaymentLedger;
import com.techcorp.payment.spi.PaymentOutcome;
import com.techcorp.payment.spi.PaymentReport;
import com.techcorp.payment.spi.PaymentRules;
import com.techcorp.payment.spi.PaymentState;
import com.techcorp.payment.spi.RefundState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Charges and refunds in memory. */
final class MemoryPayments implements PaymentLedger, PaymentState {
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
    return PaymentRules.decide(effect, this).ifAccepted(outcome -> store(effect, outcome));
  }

  private void store(PaymentEffect effect, PaymentOutcome outcome) {
    if (effect instanceof PaymentEffect.Open open) {
      open(open);
    } else if (effect instanceof PaymentEffect.OpenRefund open) {
      openRefund(open);
    } else if (effect instanceof PaymentEffect.Report report) {
      report(report);
    } else {
      if (effect instanceof PaymentEffect.DecideRefund decide) {
        decideRefund(decide);
      }
      ChargeState after = outcome.charge();
      Transaction charge = after == null ? null : charges.get(after.id());
      if (after != null && charge != null) {
        put(charge, after, Changed.by(effect, charge));
      }
    }
  }

  private void open(PaymentEffect.Open open) {
    Instant now = database.now();
    append(byOrder, open.orderId(), open.id());
    charges.put(
        open.id(),
        new Transaction(
            open.id(),
            open.orderId(),
            new Amount(open.amount(), open.currency()),
            open.method(),
            PENDING,
            Transaction.Answer.NONE,
            now,
            now));
  }

  private void openRefund(PaymentEffect.OpenRefund open) {
    Instant now = database.now();
    append(byCharge, open.transactionId(), open.id());
    refunds.put(
        open.id(),
        new Refund(
            open.id(),
            open.transactionId(),
            open.amount(),
            open.currency(),
            RefundStatus.PENDING,
            null,
            now,
            now));
  }

  private void decideRefund(PaymentEffect.DecideRefund decide) {
    Refund refund = Objects.requireNonNull(refunds.get(decide.id()));
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
  }

  private void report(PaymentEffect.Report report) {
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
  }

  private void put(Transaction charge, ChargeState after, Changed changed) {
    charges.put(
        charge.id(),
        charge.moved(
            after.status(),
            new Transaction.Answer(
                changed.providerRef() == null ? charge.providerRef() : changed.providerRef(),
                changed.declineCode(),
                changed.taken()),
            database.now()));
  }

  /** An effect's values of a charge other than its state. */
  private record Changed(
      @Nullable String providerRef, @Nullable String declineCode, @Nullable Amount taken) {
    static Changed by(PaymentEffect effect, Transaction charge) {
      if (effect instanceof PaymentEffect.Decide decide) {
        return new Changed(decide.providerRef(), decide.declineCode(), charge.taken());
      }
      return effect instanceof PaymentEffect.Taken taken
          ? new Changed(null, charge.declineCode(), taken.amount())
          : new Changed(null, charge.declineCode(), charge.taken());
    }
  }

  @Override
  public @Nullable ChargeState charge(UUID id) {
    Transaction charge = charges.get(id);
    return charge == null
        ? null
        : new ChargeState(
            id,
            charge.orderId(),
            charge.charged(),
            charge.status(),
            sum(id, Set.of(RefundStatus.values())),
            sum(id, Set.of(RefundStatus.SUCCEEDED)));
  }

  @Override
  public @Nullable ChargeState liveCharge(UUID orderId) {
    return chargesOf(orderId)
        .filter(charge -> PaymentRules.isLive(charge.status()))
        .map(charge -> charge(charge.id()))
        .findFirst()
        .orElse(null);
  }

  @Override
  public @Nullable RefundState refund(UUID id) {
    Refund refund = refunds.get(id);
    return refund == null
        ? null
        : new RefundState(id, refund.transactionId(), refund.amount(), refund.status());
  }

  private List<PaymentReport> reportsOf(UUID transactionId) {
    List<PaymentReport> all = reports.get(transactionId);
    return all == null ? List.of() : all;
  }

  private long sum(UUID chargeId, Set<RefundStatus> in) {
    return refundsOf(chargeId)
        .filter(refund -> in.contains(refund.status()))
        .mapToLong(Refund::amount)
        .sum();
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
