package com.techcorp.contracts;

import static com.techcorp.payment.TransactionStatus.ABANDONED;
import static com.techcorp.payment.TransactionStatus.APPROVED;
import static com.techcorp.payment.TransactionStatus.DECLINED;
import static com.techcorp.payment.TransactionStatus.PENDING;
import static com.techcorp.payment.TransactionStatus.UNKNOWN;
import static com.techcorp.payment.TransactionStatus.VOIDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.techcorp.payment.Amount;
import com.techcorp.payment.Transaction;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.payment.spi.PaymentEffect;
import com.techcorp.payment.spi.PaymentReport;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which charges lack an answer, and what is reported of one whose answer comes late. */
public abstract class PaymentLedgerReportsContract extends PaymentLedgerScenario {
  /** For subclasses. */
  protected PaymentLedgerReportsContract() {}

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
  void ofSeveralReportedApprovalsOneThatTellsHowMuchCounts() {
    UUID charge = charge(UNKNOWN);
    Amount taken = new Amount(400, "USD");

    write(approvedAs(charge, "ch_1"));
    write(new PaymentEffect.Report(charge, APPROVED, "ch_1", null, taken));

    assertThat(payments().reported(charge).map(PaymentReport::taken)).contains(taken);
    assertThat(payments().find(charge).orElseThrow().taken()).isNull();
  }
}
