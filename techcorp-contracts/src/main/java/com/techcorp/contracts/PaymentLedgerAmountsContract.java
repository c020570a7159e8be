package com.techcorp.contracts;

import static com.techcorp.payment.TransactionStatus.ABANDONED;
import static com.techcorp.payment.TransactionStatus.APPROVED;
import static com.techcorp.payment.TransactionStatus.PENDING;
import static com.techcorp.payment.TransactionStatus.REFUNDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.techcorp.payment.Amount;
import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.Transaction;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.payment.spi.PaymentEffect;
import com.techcorp.storage.CommitResult;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A provider takes another amount than it was asked for: that amount is kept, and refunded. */
public abstract class PaymentLedgerAmountsContract extends PaymentLedgerScenario {
  /** For subclasses. */
  protected PaymentLedgerAmountsContract() {}

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
  void nobodyTakesLessThanNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PaymentEffect.Taken(newId(), new Amount(-1, "EUR")));
  }
}
