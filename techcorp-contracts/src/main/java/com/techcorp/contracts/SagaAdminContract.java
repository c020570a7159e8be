package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.InvalidInputException;
import com.techcorp.error.NotFoundException;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderRefundStatus;
import com.techcorp.order.OrderStatus;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.SagaAdmin;
import com.techcorp.saga.SagaFilter;
import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.Signal;
import com.techcorp.testkit.SimulatedCall;
import com.techcorp.testkit.SimulatedCharge;
import java.time.Duration;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator can see and do about an order that does not come to an end by itself. */
public abstract class SagaAdminContract extends OrderScenario {
  private static final String OLGA = "olga";
  private static final Duration ASKING = Duration.ofMinutes(8);

  /** For subclasses. */
  protected SagaAdminContract() {}

  private SagaAdmin admin() {
    return shop().admin();
  }

  /** Nothing is asked for again by itself while a test looks on. */
  @BeforeEach
  final void waitForMinutes() {
    orderOptions =
        orderOptions
            .withPaymentTimeout(Duration.ofSeconds(10))
            .withPaymentRetry(RetryPolicy.every(ASKING, 10));
  }

  /** An order whose payment is not decided. */
  private UUID stuck(SimulatedCharge behaviour, UUID product) {
    gateway.on().every(behaviour);
    UUID id = place(product, 2).orderId();
    awaitPayment(id, TransactionStatus.UNKNOWN);
    return id;
  }

  private UUID stuck(SimulatedCharge behaviour) {
    return stuck(behaviour, stocked(5));
  }

  @Test
  void whatIsUnderWayIsListed() {
    UUID id = stuck(SimulatedCharge.loseRequest());

    assertThat(admin().list(SagaFilter.all(10))).extracting(SagaInstance::id).containsExactly(id);
    assertThat(admin().list(new SagaFilter("order", SagaState.RUNNING, 10))).hasSize(1);
    assertThat(admin().list(new SagaFilter("reversal", null, 10))).isEmpty();
    assertThat(admin().list(SagaFilter.parked(10))).isEmpty();
    admin().cancel(id, OLGA, "the end of the test");
  }

  @Test
  void anExplanationTellsTheStepTheReasonTheDeadlineAndWhatComesNext() {
    UUID id = stuck(SimulatedCharge.loseRequest());

    SagaAdmin.Explanation explanation = admin().explain(id);

    SagaInstance saga = explanation.saga();
    assertThat(saga.position().step()).isEqualTo("pay");
    assertThat(saga.deadline())
        .isBetween(saga.createdAt().plus(HOLD).plus(GRACE), saga.readAt().plus(HOLD).plus(GRACE));
    assertThat(explanation.text())
        .contains(
            id.toString(),
            "RUNNING at step pay",
            "the simulated answer was lost",
            "due at " + saga.nextRunAt(),
            "to be decided by " + saga.deadline(),
            "asking first what became of it");
    assertThat(explanation.toString()).doesNotContain(CARD);
    assertThat(admin().list(SagaFilter.all(10)).toString()).doesNotContain(CARD);
    admin().cancel(id, OLGA, "the end of the test");
  }

  @Test
  void aCallInFlightIsExplainedByItsOwner() {
    UUID id = paying(SimulatedCharge.approve(), stocked(5), 2);

    SagaAdmin.Explanation explanation = admin().explain(id);

    assertThat(explanation.saga().owner()).isNotNull();
    assertThat(explanation.text())
        .contains("Node " + explanation.saga().owner() + " drives it")
        .containsPattern(
            "In this process it is calling pay, on thread \\S+, and may be for \\d+ s");
    assertThat(explanation.findings()).isEmpty();
    assertThat(explanation.counters()).containsKeys("commit.batches", "sagas.released");
  }

  @Test
  void aRetryDoesNotWaitForItsTurn() {
    UUID id = stuck(SimulatedCharge.loseAnswer());

    admin().retry(id, OLGA, "the provider is well again");

    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(gateway.calls(SimulatedCall.CHARGE)).isEqualTo(1);
  }

  @Test
  void aCancellationByAnOperatorKeepsItsReason() {
    UUID product = stocked(5);
    UUID id = stuck(SimulatedCharge.loseRequest(), product);

    admin().cancel(id, OLGA, "fraud, ticket 17");

    assertThat(outcome(id))
        .isEqualTo(new OrderOutcome.Cancelled(id, new CancelReason.CancelledByRequest()));
    assertThat(order(id).cancelDetail()).isEqualTo("fraud, ticket 17");
    assertReserved(id, ReservationStatus.RELEASED);
    assertStock(product, 5, 0);
  }

  @Test
  void compensatingGivesUpAnUndecidedCallAndWatchesIt() {
    UUID id = stuck(SimulatedCharge.loseAnswer());
    gateway.failNext(SimulatedCall.LOOK_UP, 1);

    admin().compensate(id, OLGA, "the provider lost our data");

    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Cancelled.class);
    // The reversal may ask before the order is cancelled, and then waits as long as a live order.
    eventually(
        ASKING.dividedBy(8),
        () -> assertThat(order(id).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED));
    assertThat(gateway.money(id).kept()).isZero();
  }

  @Test
  void anUnpaidOrderIsNotConfirmedByForce() {
    UUID product = stocked(5);
    UUID id = stuck(SimulatedCharge.arriveLate(), product);

    admin().forceComplete(id, OLGA, "the customer says they paid");

    eventually(() -> assertThat(admin().explain(id).text()).contains("not forced"));
    assertThat(order(id).status()).isEqualTo(OrderStatus.CREATED);
    admin().cancel(id, OLGA, "they did not");
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Cancelled.class);
    assertStock(product, 5, 0);
    awaitPayment(id, TransactionStatus.VOIDED);
    assertHistory(id, OrderEventType.CREATED, OrderEventType.CANCELLED);
  }

  @Test
  void aForcedOrderIsConfirmedIfTheProviderSaysThatItIsPaid() {
    UUID id = stuck(SimulatedCharge.loseAnswer());

    admin().forceComplete(id, OLGA, "the customer says they paid");

    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(gateway.calls(SimulatedCall.CHARGE)).isEqualTo(1);
  }

  @Test
  void forceDuringACallIsHeededWhenTheCallStaysUndecided() {
    UUID id = paying(SimulatedCharge.loseAnswer(), stocked(5), 2);

    admin().forceComplete(id, OLGA, "the customer says they paid");

    gateway.releaseWaiting();
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(gateway.calls(SimulatedCall.CHARGE)).isEqualTo(1);
  }

  @Test
  void forceDuringACallYieldsToItsAnswer() {
    UUID id = paying(SimulatedCharge.approve(), stocked(5), 2);

    admin().forceComplete(id, OLGA, "the customer says they paid");

    gateway.releaseWaiting();
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
  }

  @Test
  void whatWasAskedIsKeptWithWhoAndWhy() {
    UUID id = paying(SimulatedCharge.approve(), stocked(5), 2);

    admin().retry(id, OLGA, "just looking");
    admin().cancel(id, "otto", "fraud, ticket 17");

    assertThat(admin().explain(id).signals())
        .containsExactly(
            new Signal(Signal.Kind.RETRY, "just looking", OLGA),
            new Signal(Signal.Kind.CANCEL, "fraud, ticket 17", "otto"));
    gateway.releaseWaiting();
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Cancelled.class);
  }

  @Test
  void aReasonAndAnActorAreNeeded() {
    UUID id = stuck(SimulatedCharge.loseAnswer());

    assertInvalid("reason", () -> admin().retry(id, OLGA, " "));
    assertInvalid("actor", () -> admin().cancel(id, "", "fraud"));
    assertInvalid("reason", () -> admin().compensate(id, OLGA, "x".repeat(501)));
    assertInvalid("reason", () -> admin().forceComplete(id, OLGA, ""));

    assertThat(admin().explain(id).signals()).isEmpty();
    admin().retry(id, OLGA, "the end of the test");
  }

  private static void assertInvalid(String field, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(InvalidInputException.class).hasMessageContaining(field);
  }

  @Test
  void whatHasEndedIsNotFound() {
    UUID ended = confirmed(stocked(5), 2);

    assertThatThrownBy(() -> admin().explain(ended)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> admin().retry(ended, OLGA, "why not"))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> admin().cancel(newId(), OLGA, "why not"))
        .isInstanceOf(NotFoundException.class);
  }
}
