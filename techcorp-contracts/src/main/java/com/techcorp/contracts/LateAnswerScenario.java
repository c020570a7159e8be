package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderRefundStatus;
import com.techcorp.order.OrderStatus;
import com.techcorp.payment.Amount;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.payment.spi.PaymentReport;
import com.techcorp.saga.SagaFilter;
import com.techcorp.testkit.SimulatedCall;
import com.techcorp.testkit.SimulatedGateway;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A process loses its lease while its charge is on the way, and hears the provider's answer when
 * the order belongs to another process.
 */
public abstract class LateAnswerScenario extends OrderScenario {
  static final Duration LIFETIME = Duration.ofMinutes(1);
  static final Amount LESS = new Amount(1_000, "BRL");

  BlockingGateway wire = new BlockingGateway(gateway);
  final AtomicBoolean paused = new AtomicBoolean();
  UUID product = newId();

  /** For subclasses. */
  protected LateAnswerScenario() {}

  @BeforeEach
  final void aLeaseThatCanBeLost() {
    lease = Duration.ofMinutes(5);
    storageWire = WiredStorage.claimingUnless(paused);
  }

  @AfterEach
  final void nothingStaysOnTheWire() {
    wire.release();
  }

  /** An order whose charge has left the first process and did not arrive. */
  final UUID charging() {
    wire = new BlockingGateway(gateway);
    connection = provider -> wire;
    product = stocked(5);
    UUID id = place(product, 2).orderId();
    eventually(() -> assertThat(wire.held()).as("charges on the wire").isEqualTo(1));
    return id;
  }

  /** The first process's lease runs out; another takes over, with a wire of its own. */
  final void takenOver() {
    takenOver(provider -> provider);
  }

  final void takenOver(UnaryOperator<PaymentGateway> wireOfTheOther) {
    paused.set(true);
    clock().advance(lease.plusSeconds(1));
    connection = wireOfTheOther;
    storageWire = storage -> storage;
    another();
  }

  final void providerWithoutCancel() {
    gateway = SimulatedGateway.builder().supportsCancel(false).requestLifetime(LIFETIME).build();
  }

  /** Cancelled by the second process, which gave the charge up. */
  final UUID cancelledElsewhere() {
    UUID id = charging();
    shop().orders().cancel(customer, id, "changed my mind");
    takenOver();
    assertThat(outcome(id))
        .isEqualTo(new OrderOutcome.Cancelled(id, new CancelReason.CancelledByRequest()));
    return id;
  }

  final void awaitReport(UUID id, TransactionStatus told) {
    eventually(
        () ->
            assertThat(storage().payments().reported(payment(id).id()))
                .map(PaymentReport::status)
                .contains(told));
  }

  final void awaitNothingUnderWay() {
    eventually(() -> assertThat(storage().journal().list(SagaFilter.all(10))).isEmpty());
  }

  final void assertGivenBackOnce(UUID id) {
    eventually(() -> assertThat(order(id).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED));
    awaitNothingUnderWay();
    assertThat(gateway.money(id).charges()).isEqualTo(1);
    assertThat(gateway.money(id).refunds()).isEqualTo(1);
    assertThat(gateway.money(id).kept()).isZero();
    assertThat(refunds(id)).hasSize(1);
    assertThat(payment(id).status()).isEqualTo(TransactionStatus.REFUNDED);
    assertStock(product, 5, 0);
    assertHistory(
        id,
        OrderEventType.CREATED,
        OrderEventType.CANCELLED,
        OrderEventType.PAID,
        OrderEventType.REFUND_REQUESTED,
        OrderEventType.REFUNDED);
    assertPublished(id, "order.cancelled", "payment.confirmed", "payment.refunded");
  }

  final void assertKept(UUID id) {
    awaitNothingUnderWay();
    assertThat(order(id).status()).isEqualTo(OrderStatus.CONFIRMED);
    assertThat(payment(id).status()).isEqualTo(TransactionStatus.APPROVED);
    assertThat(gateway.money(id).charges()).isEqualTo(1);
    assertThat(gateway.calls(SimulatedCall.REFUND)).isZero();
    assertThat(gateway.calls(SimulatedCall.CANCEL)).isZero();
    assertStock(product, 3, 0);
    assertPublished(id, "payment.confirmed", "order.confirmed");
  }
}
