package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderOutcome;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.testkit.SimulatedCharge;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A charge arrives at the provider when the order belongs to another process: no money stays where
 * it does not belong.
 */
public abstract class LateChargeContract extends LateAnswerScenario {
  /** For subclasses. */
  protected LateChargeContract() {}

  @Test
  @Tag("T15")
  @DisplayName("T15: a charge that arrives after the order was cancelled and voided is given back")
  void aChargeThatArrivesAfterItWasVoidedGoesBack() {
    // given
    providerWithoutCancel();
    UUID id = cancelledElsewhere();
    clock().advance(LIFETIME.plusSeconds(1));
    awaitPayment(id, TransactionStatus.VOIDED);
    awaitNothingUnderWay();

    // when
    wire.release();

    // then
    assertGivenBackOnce(id);
    awaitReport(id, TransactionStatus.APPROVED);
  }

  @Test
  @Tag("T15")
  @DisplayName("T15: two sagas that find the same late charge give it back once")
  void aChargeThatArrivesWhileItIsWatchedGoesBackOnce() {
    // given
    providerWithoutCancel();
    UUID id = cancelledElsewhere();
    assertThat(payment(id).status()).isEqualTo(TransactionStatus.ABANDONED);

    // when
    wire.release();

    // then
    assertGivenBackOnce(id);
    awaitReport(id, TransactionStatus.APPROVED);
  }

  @Test
  void aChargeThatTheProviderCancelledNeverHappens() {
    // given
    UUID id = cancelledElsewhere();
    awaitPayment(id, TransactionStatus.VOIDED);

    // when
    wire.release();

    // then
    awaitReport(id, TransactionStatus.DECLINED);
    assertThat(gateway.money(id).charges()).isZero();
    assertThat(payment(id).status()).isEqualTo(TransactionStatus.VOIDED);
    assertHistory(id, OrderEventType.CREATED, OrderEventType.CANCELLED);
  }

  @Test
  @Tag("T15")
  @DisplayName("T15: an order that the other process confirmed is charged once, and stays so")
  void aChargeThatTheOtherProcessSentAgainIsKept() {
    // given
    UUID id = charging();
    takenOver();
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);

    // when
    wire.release();

    // then
    awaitReport(id, TransactionStatus.APPROVED);
    assertKept(id);
  }

  @Test
  void anAnswerThatWasOnItsWayBackIsFoundByTheOtherProcess() {
    // given
    product = stocked(5);
    UUID id = paying(SimulatedCharge.approve(), product, 2);
    takenOver();
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);

    // when
    gateway.releaseWaiting();

    // then
    awaitReport(id, TransactionStatus.APPROVED);
    assertKept(id);
  }
}
