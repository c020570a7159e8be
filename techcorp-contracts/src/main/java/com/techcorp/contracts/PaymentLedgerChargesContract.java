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

import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.Transaction;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.payment.spi.PaymentEffect;
import com.techcorp.storage.CommitResult;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a charge is opened and decided, and which charge of an order counts. */
public abstract class PaymentLedgerChargesContract extends PaymentLedgerScenario {
  private static final Set<TransactionStatus> DEAD = Set.of(DECLINED, VOIDED, REFUNDED);

  /** For subclasses. */
  protected PaymentLedgerChargesContract() {}

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
}
