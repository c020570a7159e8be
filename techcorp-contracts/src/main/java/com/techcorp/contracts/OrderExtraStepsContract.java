package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderRefundStatus;
import com.techcorp.order.OrderView;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.saga.LocalStep;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaFilter;
import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.StepResult;
import com.techcorp.testkit.SimulatedCall;
import com.techcorp.testkit.SimulatedCharge;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A host's own steps inside the order saga: what fails in them does not cost anybody money. */
public abstract class OrderExtraStepsContract extends OrderScenario {
  /** For subclasses. */
  protected OrderExtraStepsContract() {}

  /** An order that is paid and cannot be confirmed, for a step of the host's throws. */
  private UUID parkedAfterPaying(AtomicBoolean broken) {
    orderOptions =
        orderOptions.withStepAfter(
            "pay",
            LocalStep.<OrderView>named(
                "gift",
                order -> {
                  if (broken.get()) {
                    throw new IllegalStateException("a defect of the host's");
                  }
                  return List.of();
                }));
    UUID id = place(stocked(5), 2).orderId();
    eventually(
        () ->
            assertThat(shop().admin().list(SagaFilter.parked(10)))
                .extracting(SagaInstance::id)
                .containsExactly(id));
    assertThat(gateway.money(id).charges()).isEqualTo(1);
    return id;
  }

  @Test
  @Tag("T14")
  @DisplayName("T14: a charge whose answer could not be written is not taken for one never sent")
  void aChargeThatCouldNotBeWrittenGoesBackWhenTheOrderIsCancelled() {
    // given
    UUID id = parkedAfterPaying(new AtomicBoolean(true));

    // when
    shop().orders().cancel(customer, id, "changed my mind");

    // then
    assertThat(outcome(id))
        .isEqualTo(new OrderOutcome.Cancelled(id, new CancelReason.CancelledByRequest()));
    eventually(() -> assertThat(order(id).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED));
    assertThat(gateway.money(id).kept()).isZero();
    assertThat(payment(id).status()).isEqualTo(TransactionStatus.REFUNDED);
  }

  @Test
  @Tag("T12")
  @DisplayName("T12: a charge whose answer could not be written is asked for, not sent again")
  void aChargeThatCouldNotBeWrittenIsNotSentAgain() {
    // given
    AtomicBoolean broken = new AtomicBoolean(true);
    UUID id = parkedAfterPaying(broken);

    // when
    broken.set(false);
    shop().admin().retry(id, "olga", "the step is repaired");

    // then
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(gateway.calls(SimulatedCall.CHARGE)).isEqualTo(1);
    assertThat(gateway.calls(SimulatedCall.LOOK_UP)).isEqualTo(1);
  }

  @Test
  @Tag("T23")
  @DisplayName("T23: a refund that is faster than the order's own way back disturbs nothing")
  void aRefundMayComeBeforeTheOrderIsCancelled() {
    // given
    CountDownLatch undo = new CountDownLatch(1);
    AtomicInteger undoing = new AtomicInteger();
    orderOptions =
        orderOptions.withStepAfter(
            "reserve",
            RemoteStep.<OrderView>named("book", (order, call) -> StepResult.done(order))
                .undoneBy(
                    (order, call) -> {
                      undoing.incrementAndGet();
                      undo.await();
                      return StepResult.done(order);
                    }));
    UUID id = paying(SimulatedCharge.approve(), stocked(5), 2);
    shop().orders().cancel(customer, id, "changed my mind");
    gateway.releaseWaiting();
    eventually(() -> assertThat(undoing).hasValue(1));
    eventually(() -> assertThat(shop().admin().list(SagaFilter.all(10))).isNotEmpty());

    // when
    undo.countDown();

    // then
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Cancelled.class);
    eventually(() -> assertThat(order(id).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED));
    assertThat(gateway.money(id).kept()).isZero();
    assertThat(shop().admin().list(SagaFilter.parked(10))).isEmpty();
    assertThat(storage().orders().events(id))
        .extracting(com.techcorp.order.OrderEvent::type)
        .contains(OrderEventType.PAID, OrderEventType.CANCELLED, OrderEventType.REFUNDED);
  }
}
