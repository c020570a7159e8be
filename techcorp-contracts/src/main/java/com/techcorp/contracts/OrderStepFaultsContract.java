package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.techcorp.TechCorp;
import com.techcorp.error.StepFailedException;
import com.techcorp.error.UnavailableException;
import com.techcorp.health.HealthStatus;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.OrderRefundStatus;
import com.techcorp.order.OrderView;
import com.techcorp.order.PlaceOrder;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.saga.FaultOptions;
import com.techcorp.saga.LocalStep;
import com.techcorp.saga.SagaFilter;
import com.techcorp.saga.SagaState;
import com.techcorp.testkit.SimulatedCharge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a host's step throws: the order is refused or parked, and nothing else suffers. */
public abstract class OrderStepFaultsContract extends OrderScenario {
  private static final long POISONED = 3;

  /** For subclasses. */
  protected OrderStepFaultsContract() {}

  /** Throws for orders of three units. */
  private void poisonAfter(String step, Thrown thrown) {
    orderOptions =
        orderOptions.withStepAfter(
            step,
            LocalStep.<OrderView>named(
                "points",
                order -> {
                  if (order.lines().get(0).quantity() == POISONED) {
                    thrown.raise();
                  }
                  return List.of();
                }));
  }

  @ParameterizedTest
  @EnumSource
  @Tag("R04")
  @DisplayName("R04: a step that fails before the first commit refuses the order, by one type")
  void nothingIsWrittenOfAnOrderWhoseStepFailsAtItsBeginning(Thrown thrown) {
    // given
    poisonAfter("reserve", thrown);
    UUID product = stocked(50);
    PlaceOrder request = request(product, POISONED);

    // when
    StepFailedException failed =
        catchThrowableOfType(StepFailedException.class, () -> tried(request));

    // then
    assertThat(failed.step()).isEqualTo("points");
    assertThat(failed).hasCauseInstanceOf(thrown.fault().getClass());
    assertThat(storage().keys().find(customer, "cart:" + request.cartId())).isEmpty();
    assertThat(storage().journal().list(SagaFilter.all(10))).isEmpty();
    assertStock(product, 50, 0);
    eventually(() -> assertThat(shop().inFlight()).isZero());
    eventually(() -> confirmedNow(product));
  }

  /** After a fatal error the node has no lease for a moment. */
  private void tried(PlaceOrder request) {
    eventually(
        () -> {
          try {
            shop().orders().place(request);
          } catch (UnavailableException e) {
            throw new AssertionError("not yet", e);
          }
        });
  }

  private void confirmedNow(UUID product) {
    try {
      assertThat(outcome(place(product, 1))).isInstanceOf(OrderOutcome.Confirmed.class);
    } catch (UnavailableException e) {
      throw new AssertionError("not yet", e);
    }
  }

  @ParameterizedTest
  @EnumSource
  @Tag("R04")
  @Tag("B02")
  @DisplayName("R04, B02: a step that fails after the payment parks its order, with the reason")
  void anOrderWhoseStepFailsAfterThePaymentIsParked(Thrown thrown) {
    // given
    poisonAfter("pay", thrown);
    UUID product = stocked(50);

    // when
    UUID bad = place(product, POISONED).orderId();

    // then
    eventually(() -> assertParked(bad, thrown));
    eventually(() -> assertThat(shop().inFlight()).isZero());
    assertThat(gateway.money(bad).charges()).isEqualTo(1);
    eventually(() -> confirmedNow(product));
    shop().orders().cancel(customer, bad, "the shop cannot finish it");
    assertThat(outcome(bad)).isInstanceOf(OrderOutcome.Cancelled.class);
    eventually(() -> assertThat(order(bad).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED));
    assertThat(payment(bad).status()).isEqualTo(TransactionStatus.REFUNDED);
  }

  private void assertParked(UUID order, Thrown thrown) {
    assertThat(storage().journal().find(order))
        .hasValueSatisfying(
            saga -> {
              assertThat(saga.position().state()).isEqualTo(SagaState.PARKED);
              assertThat(saga.position().lastError())
                  .contains("points", thrown.fault().getClass().getName());
            });
  }

  @ParameterizedTest
  @EnumSource
  @Tag("R30")
  @DisplayName("R04 C, R30 A: a poisoned order that is claimed ends nobody's recovery")
  void aPoisonedOrderThatIsClaimedIsParkedAndRecoveryGoesOn(Thrown thrown) {
    // given: nobody drives the order until it is claimed
    poisonAfter("pay", thrown);
    UUID product = stocked(50);
    UUID bad = paying(SimulatedCharge.approve(), product, POISONED);
    UUID good = place(product, 1).orderId();
    eventually(() -> assertThat(gateway.waiting()).isEqualTo(2));

    // when
    shop().close(Duration.ZERO);
    gateway.releaseWaiting();
    TechCorp heir = another();

    // then
    eventually(() -> assertParked(bad, thrown));
    eventually(
        () ->
            assertThat(heir.orders().outcome(good))
                .isCompletedWithValueMatching(OrderOutcome.Confirmed.class::isInstance));
    eventually(() -> assertThat(heir.inFlight()).isZero());
    heir.orders().cancel(customer, bad, "the shop cannot finish it");
    eventually(() -> assertThat(order(bad).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED));
  }

  @Test
  @Tag("R20")
  @DisplayName("R20: after a fatal error the node starts again, and after too many stays down")
  void aNodeStartsAgainAfterAFatalErrorAndStaysDownAfterTooMany() {
    // given
    engine =
        engine.withFaults(
            FaultOptions.DEFAULT.withMaxRestarts(2).withRestartWindow(Duration.ofDays(1)));
    poisonAfter("pay", Thrown.MEMORY);
    UUID product = stocked(50);
    List<UUID> poisoned = new ArrayList<>();
    assertThat(shop().health().status()).isEqualTo(HealthStatus.UP);

    // when
    for (int restarts = 1; restarts <= 2; restarts++) {
      long expected = restarts;
      UUID bad = poisonedNow(product);
      poisoned.add(bad);
      eventually(() -> assertParked(bad, Thrown.MEMORY));
      eventually(
          () -> assertThat(shop().health().counters()).containsEntry("node.restarts", expected));
      eventually(() -> confirmedNow(product));
    }
    UUID last = poisonedNow(product);
    poisoned.add(last);

    // then
    eventually(() -> assertThat(shop().health().status()).isEqualTo(HealthStatus.DOWN));
    eventually(() -> assertParked(last, Thrown.MEMORY));
    assertThat(shop().health().findings()).extracting("code").contains("NODE_DOWN");
    assertThat(
            catchThrowableOfType(
                UnavailableException.class, () -> shop().orders().place(request(product, 1))))
        .hasMessageContaining("restart");
    TechCorp other = another();
    OrderReceipt elsewhere = other.orders().place(request(product, 1));
    remember(elsewhere.orderId());
    assertThat(outcome(elsewhere)).isInstanceOf(OrderOutcome.Confirmed.class);
    poisoned.forEach(id -> other.orders().cancel(customer, id, "the shop cannot finish it"));
    for (UUID id : poisoned) {
      eventually(() -> assertThat(order(id).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED));
    }
  }

  private UUID poisonedNow(UUID product) {
    UUID[] placed = new UUID[1];
    eventually(
        () -> {
          try {
            placed[0] = place(product, POISONED).orderId();
          } catch (UnavailableException e) {
            throw new AssertionError("not yet", e);
          }
        });
    return placed[0];
  }
}
