package com.techcorp.contracts;

import static com.techcorp.payment.TransactionStatus.ABANDONED;
import static com.techcorp.payment.TransactionStatus.APPROVED;
import static com.techcorp.payment.TransactionStatus.DECLINED;
import static com.techcorp.payment.TransactionStatus.PARTIALLY_REFUNDED;
import static com.techcorp.payment.TransactionStatus.PENDING;
import static com.techcorp.payment.TransactionStatus.REFUNDED;
import static com.techcorp.payment.TransactionStatus.UNKNOWN;
import static com.techcorp.payment.TransactionStatus.VOIDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.techcorp.payment.Amount;
import com.techcorp.payment.Refund;
import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.Transaction;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.payment.spi.PaymentEffect;
import com.techcorp.payment.spi.PaymentLedger;
import com.techcorp.payment.spi.PaymentReport;
import com.techcorp.storage.CommitResult;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a {@link PaymentLedger} and the payment effects promise. */
public abstract class PaymentLedgerContract extends StorageContract {
  private static final String REFUSED = PaymentEffect.PAYMENT_STATE;
  private static final Set<TransactionStatus> DEAD = Set.of(DECLINED, VOIDED, REFUNDED);
  private static final long AMOUNT = 1_000;

  private final UUID order = newId();

  /** For subclasses. */
  protected PaymentLedgerContract() {}

  private PaymentLedger payments() {
    return storage().payments();
  }

  private static PaymentEffect.Open open(UUID id, UUID order) {
    return new PaymentEffect.Open(id, order, AMOUNT, "EUR", "credit_card");
  }

  private static PaymentEffect.Decide decide(
      UUID id, TransactionStatus from, TransactionStatus to) {
    return new PaymentEffect.Decide(id, Set.of(from), to, null, null);
  }

  private static PaymentEffect.OpenRefund refund(UUID id, UUID charge, long amount) {
    return new PaymentEffect.OpenRefund(id, charge, amount, "EUR");
  }

  private static PaymentEffect.DecideRefund decided(UUID id, RefundStatus to) {
    return new PaymentEffect.DecideRefund(id, to, null);
  }

  /** A charge of the test's order in a state. */
  private UUID charge(TransactionStatus status) {
    UUID id = newId();
    write(open(id, order));
    if (status != PENDING) {
      write(decide(id, PENDING, status));
    }
    return id;
  }

  private @Nullable TransactionStatus status(UUID charge) {
    return payments().find(charge).map(Transaction::status).orElse(null);
  }

  @Test
  void opensACharge() {
    // given
    UUID id = newId();

    // when
    write(open(id, order));

    // then
    Transaction charge = payments().find(id).orElseThrow();
    assertThat(charge)
        .returns(order, Transaction::orderId)
        .returns(AMOUNT, Transaction::amount)
        .returns("EUR", Transaction::currency)
        .returns("credit_card", Transaction::method)
        .returns(PENDING, Transaction::status)
        .returns(charge.createdAt(), Transaction::updatedAt);
    assertThat(charge.providerRef()).isNull();
    assertThat(charge.declineCode()).isNull();
    assertThat(payments().ofOrder(order)).contains(charge);
    assertThat(payments().refunds(id)).isEmpty();
    assertThat(payments().ofOrder(newId())).isEmpty();
    assertThat(payments().find(newId())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void changesAChargeFromAStateThatAllowsItOnly(TransactionStatus from) {
    // given
    UUID charge = charge(from);
    TransactionStatus to = from == UNKNOWN ? APPROVED : UNKNOWN;

    // when, then
    for (TransactionStatus other : TransactionStatus.values()) {
      if (other != from) {
        assertRefused(commit(decide(charge, other, to)), 0, REFUSED);
        assertThat(status(charge)).isEqualTo(from);
      }
    }
    assertCommitted(commit(decide(charge, from, to)));
    assertThat(status(charge)).isEqualTo(to);
  }

  @Test
  void opensAChargeOnce() {
    // given: it does not stand in the way of another one
    UUID charge = charge(DECLINED);

    // when, then
    assertRefused(commit(open(charge, order)), 0, REFUSED);
    assertThat(status(charge)).isEqualTo(DECLINED);
    assertCommitted(commit(open(newId(), order)));
  }

  @Test
  void returnsNoMoneyThatMakesAChargeLiveBesideAnother() {
    // given
    UUID charge = charge(APPROVED);
    UUID refund = newId();
    write(refund(refund, charge, 1));
    write(decide(charge, APPROVED, VOIDED));
    charge(PENDING);

    // when, then
    assertRefused(commit(decided(refund, RefundStatus.SUCCEEDED)), 0, REFUSED);
    assertThat(status(charge)).isEqualTo(VOIDED);
  }

  @Test
  void changesAChargeFromAnyOfSeveralStates() {
    UUID charge = charge(UNKNOWN);
    write(new PaymentEffect.Decide(charge, Set.of(PENDING, UNKNOWN), APPROVED, null, null));
    assertThat(status(charge)).isEqualTo(APPROVED);
    assertRefused(commit(decide(newId(), PENDING, APPROVED)), 0, REFUSED);
  }

  @Test
  void keepsTheProvidersReferenceAndTheDeclineCode() {
    // given
    UUID declined = charge(PENDING);

    // when
    write(
        new PaymentEffect.Decide(declined, Set.of(PENDING), DECLINED, null, "insufficient_funds"));
    UUID approved = charge(PENDING);
    advance(Duration.ofSeconds(1));
    write(new PaymentEffect.Decide(approved, Set.of(PENDING), APPROVED, "ch_1", null));
    write(decide(approved, APPROVED, PARTIALLY_REFUNDED));

    // then
    assertThat(payments().find(declined))
        .hasValueSatisfying(
            charge -> assertThat(charge.declineCode()).isEqualTo("insufficient_funds"));
    assertThat(payments().find(approved))
        .hasValueSatisfying(
            charge -> {
              assertThat(charge.providerRef()).isEqualTo("ch_1");
              assertThat(charge.updatedAt()).isAfter(charge.createdAt());
            });
  }

  @ParameterizedTest
  @EnumSource
  void opensAnotherChargeOnlyAfterADeadOne(TransactionStatus first) {
    // given
    UUID before = charge(first);
    UUID second = newId();
    advance(Duration.ofSeconds(1));

    // when
    CommitResult result = commit(open(second, order));

    // then
    if (DEAD.contains(first)) {
      assertCommitted(result);
      assertThat(payments().ofOrder(order).map(Transaction::id)).contains(second);
      assertThat(status(before)).isEqualTo(first);
    } else {
      assertRefused(result, 0, REFUSED);
      assertThat(payments().ofOrder(order).map(Transaction::id)).contains(before);
    }
  }

  @Test
  void opensOneChargeInABatch() {
    List<CommitResult> results =
        commitAll(writeSet(open(newId(), order)), writeSet(open(newId(), order)));
    assertCommitted(results.get(0));
    assertRefused(results.get(1), 0, REFUSED);
  }

  @Test
  void opensOneOfManyCharges() throws Exception {
    List<CommitResult> results = Threads.together(6, thread -> () -> commit(open(newId(), order)));
    assertThat(results).filteredOn(CommitResult.Committed.class::isInstance).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void requiresAnApprovedCharge(TransactionStatus status) {
    charge(status);
    CommitResult result = commit(new PaymentEffect.RequireApproved(order));
    if (status == APPROVED) {
      assertCommitted(result);
    } else {
      assertRefused(result, 0, REFUSED);
    }
  }

  @Test
  void requiresAChargeAtAll() {
    assertRefused(commit(new PaymentEffect.RequireApproved(order)), 0, REFUSED);
  }

  @ParameterizedTest
  @EnumSource
  void refundsOnlyWhatWasCharged(TransactionStatus status) {
    UUID charge = charge(status);
    CommitResult result = commit(refund(newId(), charge, AMOUNT));
    if (status == APPROVED || status == PARTIALLY_REFUNDED) {
      assertCommitted(result);
    } else {
      assertRefused(result, 0, REFUSED);
      assertThat(payments().refunds(charge)).isEmpty();
    }
  }

  @Test
  void refundsAll() {
    // given
    UUID charge = charge(APPROVED);
    UUID refund = newId();
    write(refund(refund, charge, AMOUNT));
    assertThat(status(charge)).isEqualTo(APPROVED);

    // when
    write(new PaymentEffect.DecideRefund(refund, RefundStatus.SUCCEEDED, "re_1"));

    // then
    assertThat(status(charge)).isEqualTo(REFUNDED);
    assertThat(payments().refunds(charge))
        .singleElement()
        .returns(refund, Refund::id)
        .returns(charge, Refund::transactionId)
        .returns(AMOUNT, Refund::amount)
        .returns("EUR", Refund::currency)
        .returns(RefundStatus.SUCCEEDED, Refund::status)
        .returns("re_1", Refund::providerRef);
  }

  @Test
  void refundsInParts() {
    // given
    UUID charge = charge(APPROVED);
    UUID first = newId();
    UUID second = newId();

    // when, then
    write(refund(first, charge, 400), decided(first, RefundStatus.SUCCEEDED));
    assertThat(status(charge)).isEqualTo(PARTIALLY_REFUNDED);
    advance(Duration.ofSeconds(1));
    write(refund(second, charge, 600));
    write(decided(second, RefundStatus.SUCCEEDED));
    assertThat(status(charge)).isEqualTo(REFUNDED);
    assertThat(payments().refunds(charge)).extracting(Refund::id).containsExactly(first, second);
  }

  @Test
  void neverRefundsMoreThanTheCharge() {
    // given
    UUID charge = charge(APPROVED);

    // when
    List<CommitResult> results =
        commitAll(
            writeSet(refund(newId(), charge, AMOUNT + 1)),
            writeSet(refund(newId(), charge, 600)),
            writeSet(refund(newId(), charge, 500)),
            writeSet(refund(newId(), charge, 400)),
            writeSet(refund(newId(), charge, 1)));

    // then: what is PENDING counts
    assertRefused(results.get(0), 0, REFUSED);
    assertCommitted(results.get(1));
    assertRefused(results.get(2), 0, REFUSED);
    assertCommitted(results.get(3));
    assertRefused(results.get(4), 0, REFUSED);
  }

  @Test
  void recordsARefundOnce() {
    // given
    UUID charge = charge(APPROVED);
    UUID other = newId();
    write(open(other, newId()));
    write(decide(other, PENDING, APPROVED));
    UUID refund = newId();
    write(refund(refund, charge, 100));

    // when
    List<CommitResult> results =
        commitAll(
            writeSet(refund(refund, charge, 100)),
            writeSet(refund(refund, other, 100)),
            writeSet(refund(newId(), charge, 100)));

    // then: the one beside them is written
    assertRefused(results.get(0), 0, REFUSED);
    assertRefused(results.get(1), 0, REFUSED);
    assertCommitted(results.get(2));
    assertThat(payments().refunds(charge)).hasSize(2);
    assertThat(payments().refunds(other)).isEmpty();
  }

  @Test
  void countsOneOfManyRefunds() throws Exception {
    UUID charge = charge(APPROVED);
    List<CommitResult> results =
        Threads.together(6, thread -> () -> commit(refund(newId(), charge, AMOUNT)));
    assertThat(results).filteredOn(CommitResult.Committed.class::isInstance).hasSize(1);
  }

  @Test
  void triesAFailedRefundAgain() {
    // given
    UUID charge = charge(APPROVED);
    UUID refund = newId();
    write(refund(refund, charge, AMOUNT));

    // when
    write(decided(refund, RefundStatus.FAILED));
    write(decided(refund, RefundStatus.FAILED));

    // then
    assertThat(status(charge)).isEqualTo(APPROVED);
    write(decided(refund, RefundStatus.SUCCEEDED));
    assertThat(status(charge)).isEqualTo(REFUNDED);
  }

  @Test
  void countsAFailedRefundBecauseItIsTriedAgain() {
    // given
    UUID charge = charge(APPROVED);
    UUID failed = newId();
    write(refund(failed, charge, 600), decided(failed, RefundStatus.FAILED));

    // when, then
    assertRefused(commit(refund(newId(), charge, 401)), 0, REFUSED);
    assertCommitted(commit(refund(newId(), charge, 400)));
  }

  @ParameterizedTest
  @EnumSource
  void neverChangesARefundThatSucceeded(RefundStatus to) {
    UUID charge = charge(APPROVED);
    UUID refund = newId();
    write(refund(refund, charge, 1), decided(refund, RefundStatus.SUCCEEDED));
    assertRefused(commit(decided(refund, to)), 0, REFUSED);
    assertRefused(commit(decided(newId(), to)), 0, REFUSED);
    assertThat(status(charge)).isEqualTo(PARTIALLY_REFUNDED);
  }

  @ParameterizedTest
  @EnumSource
  void listsUndecidedCharges(TransactionStatus status) {
    // given
    UUID charge = charge(status);
    Duration age = Duration.ofMinutes(10);
    assertThat(undecided(age)).doesNotContain(charge);

    // when
    advance(age);

    // then
    switch (status) {
      case PENDING, UNKNOWN, ABANDONED -> assertThat(undecided(age)).contains(charge);
      default -> assertThat(undecided(age)).doesNotContain(charge);
    }
  }

  private List<UUID> undecided(Duration olderThan) {
    return payments().undecided(olderThan, 10_000).stream().map(Transaction::id).toList();
  }

  @Test
  void listsTheOldestUndecidedChargesFirst() {
    // given
    UUID first = charge(PENDING);
    advance(Duration.ofSeconds(1));
    UUID second = newId();
    write(open(second, newId()));

    // when, then
    assertThat(undecided(Duration.ZERO)).containsSubsequence(first, second);
    assertThat(payments().undecided(Duration.ZERO, 1)).hasSize(1);
  }

  private static PaymentEffect.Report approvedAs(UUID charge, String providerRef) {
    return new PaymentEffect.Report(charge, APPROVED, providerRef, null, null);
  }

  @Test
  void keepsWhatWasReportedAndLeavesTheChargeAlone() {
    // given
    UUID charge = charge(UNKNOWN);
    Transaction before = payments().find(charge).orElseThrow();

    // when
    write(approvedAs(charge, "ch_1"));

    // then
    PaymentReport report = payments().reported(charge).orElseThrow();
    assertThat(report)
        .returns(charge, PaymentReport::transactionId)
        .returns(APPROVED, PaymentReport::status)
        .returns("ch_1", PaymentReport::providerRef);
    assertThat(report.declineCode()).isNull();
    assertThat(report.reportedAt()).isNotNull();
    assertThat(payments().find(charge)).contains(before);
    assertThat(payments().reported(newId())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aReportIsNeverRefused(TransactionStatus status) {
    UUID charge = charge(status);

    assertCommitted(
        commit(new PaymentEffect.Report(charge, DECLINED, null, "insufficient_funds", null)));

    assertThat(payments().reported(charge).map(PaymentReport::declineCode))
        .contains("insufficient_funds");
    assertThat(status(charge)).isEqualTo(status);
  }

  @Test
  void ofSeveralReportsAnApprovalCounts() {
    UUID charge = charge(UNKNOWN);

    write(new PaymentEffect.Report(charge, DECLINED, null, "insufficient_funds", null));
    write(approvedAs(charge, "ch_1"));
    write(approvedAs(charge, "ch_2"));

    assertThat(payments().reported(charge).map(PaymentReport::providerRef)).contains("ch_1");
  }

  @Test
  void aReportIsWrittenWithWhatComesWithIt() {
    // given
    UUID charge = charge(VOIDED);

    // when
    assertRefused(
        commit(approvedAs(charge, "ch_1"), decide(charge, PENDING, APPROVED)), 1, REFUSED);

    // then
    assertThat(payments().reported(charge)).isEmpty();
  }

  @Test
  void onlyADefiniteAnswerCanBeReported() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PaymentEffect.Report(newId(), UNKNOWN, null, null, null));
  }

  @Test
  void aDeadChargeThatWasChargedAfterAllCountsAgain() {
    // given
    UUID dead = charge(DECLINED);
    Set<TransactionStatus> left = Set.of(ABANDONED, VOIDED, DECLINED);

    // when
    write(new PaymentEffect.Decide(dead, left, APPROVED, "ch_1", null));

    // then
    assertThat(payments().find(dead).orElseThrow())
        .returns(APPROVED, Transaction::status)
        .returns("ch_1", Transaction::providerRef)
        .returns(null, Transaction::declineCode);
    assertRefused(commit(open(newId(), order)), 0, REFUSED);
    assertRefused(commit(new PaymentEffect.Decide(dead, left, APPROVED, "ch_1", null)), 0, REFUSED);
  }

  @Test
  void neverRevivesAChargeBesideALiveOne() {
    UUID dead = charge(VOIDED);
    UUID other = charge(PENDING);

    assertRefused(commit(decide(dead, VOIDED, APPROVED)), 0, REFUSED);

    assertThat(status(dead)).isEqualTo(VOIDED);
    assertThat(status(other)).isEqualTo(PENDING);
  }

  @ParameterizedTest
  @EnumSource
  void recordsWhatWasTakenOfAChargeThatIsGivenUpOrCameLate(TransactionStatus status) {
    UUID charge = charge(status);
    Amount taken = new Amount(400, "USD");

    CommitResult result = commit(new PaymentEffect.Taken(charge, taken));

    if (status == ABANDONED || status == APPROVED) {
      assertCommitted(result);
      assertThat(payments().find(charge).orElseThrow())
          .returns(status, Transaction::status)
          .returns(AMOUNT, Transaction::amount)
          .returns("EUR", Transaction::currency)
          .returns(taken, Transaction::taken)
          .returns(taken, Transaction::charged);
    } else {
      assertRefused(result, 0, REFUSED);
      assertThat(payments().find(charge).orElseThrow().taken()).isNull();
    }
  }

  @Test
  void refundsWhatWasTakenAndNotWhatWasAsked() {
    // given
    UUID charge = charge(PENDING);
    UUID refund = newId();
    write(
        decide(charge, PENDING, APPROVED),
        new PaymentEffect.Taken(charge, new Amount(1_500, "USD")));

    // when
    List<CommitResult> results =
        commitAll(
            writeSet(refund(newId(), charge, AMOUNT)), // in the currency that was asked for
            writeSet(new PaymentEffect.OpenRefund(newId(), charge, 1_501, "USD")),
            writeSet(new PaymentEffect.OpenRefund(refund, charge, 1_500, "USD")));

    // then
    assertRefused(results.get(0), 0, REFUSED);
    assertRefused(results.get(1), 0, REFUSED);
    assertCommitted(results.get(2));
    assertRefused(commit(new PaymentEffect.Taken(charge, new Amount(2_000, "USD"))), 0, REFUSED);
    write(decided(refund, RefundStatus.SUCCEEDED));
    assertThat(status(charge)).isEqualTo(REFUNDED);
  }

  @Test
  void takesAndRefundsInOneWork() {
    UUID charge = charge(ABANDONED);
    UUID refund = newId();

    write(
        decide(charge, ABANDONED, APPROVED),
        new PaymentEffect.Taken(charge, new Amount(300, "EUR")),
        refund(refund, charge, 300));

    assertRefused(commit(refund(newId(), charge, 1)), 0, REFUSED);
    write(decided(refund, RefundStatus.SUCCEEDED));
    assertThat(status(charge)).isEqualTo(REFUNDED);
  }

  @Test
  void ofSeveralReportedApprovalsOneThatTellsHowMuchCounts() {
    UUID charge = charge(UNKNOWN);
    Amount taken = new Amount(400, "USD");

    write(approvedAs(charge, "ch_1"));
    write(new PaymentEffect.Report(charge, APPROVED, "ch_1", null, taken));

    assertThat(payments().reported(charge).map(PaymentReport::taken)).contains(taken);
    assertThat(payments().find(charge).orElseThrow().taken()).isNull();
  }

  @Test
  void nobodyTakesLessThanNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PaymentEffect.Taken(newId(), new Amount(-1, "EUR")));
  }
}
