package com.techcorp.contracts;

import static com.techcorp.payment.TransactionStatus.APPROVED;
import static com.techcorp.payment.TransactionStatus.PARTIALLY_REFUNDED;
import static com.techcorp.payment.TransactionStatus.PENDING;
import static com.techcorp.payment.TransactionStatus.REFUNDED;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.payment.Refund;
import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.payment.spi.PaymentEffect;
import com.techcorp.storage.CommitResult;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a refund is opened and decided, and that no charge is refunded beyond its amount. */
public abstract class PaymentLedgerRefundsContract extends PaymentLedgerScenario {
  /** For subclasses. */
  protected PaymentLedgerRefundsContract() {}

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
}
