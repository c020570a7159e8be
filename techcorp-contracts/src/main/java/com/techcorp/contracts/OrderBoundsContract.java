package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.OverloadedException;
import com.techcorp.order.OrderOutcome;
import com.techcorp.payment.Refund;
import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.SagaFilter;
import com.techcorp.testkit.SimulatedCall;
import com.techcorp.testkit.SimulatedCharge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many orders a process takes up at once. */
public abstract class OrderBoundsContract extends OrderScenario {
  /** For subclasses. */
  protected OrderBoundsContract() {}

  @Test
  @Tag("T24")
  @DisplayName("T24: what is in memory is bounded: beyond it callers are told, at once")
  void memoryIsBounded() {
    // given
    engine = EngineOptions.DEFAULT.withMaxInFlight(4);
    UUID product = stocked(50);
    gateway.on().every(SimulatedCharge.approve().untilReleased());
    List<UUID> accepted = new ArrayList<>();

    // when
    for (int i = 0; i < 4; i++) {
      accepted.add(placeOnceThereIsRoom(product));
    }

    // then
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> place(product, 1)).isInstanceOf(OverloadedException.class);
    }
    assertThat(shop().inFlight()).isEqualTo(4);
    gateway.on().clear();
    gateway.releaseWaiting();
    accepted.forEach(id -> assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class));
    eventually(() -> assertThat(shop().inFlight()).isZero());
    assertThat(outcome(placeOnceThereIsRoom(product))).isInstanceOf(OrderOutcome.Confirmed.class);
  }

  @Test
  @Tag("T24")
  @DisplayName("T24: a refund that is due goes on while new orders take every place they can")
  void dueWorkHasPlacesOfItsOwn() {
    // given: a refund that failed, and is tried again later
    engine = EngineOptions.DEFAULT.withMaxInFlight(4).withDuePlaces(1);
    orderOptions = orderOptions.withRefundRetry(RetryPolicy.every(Duration.ofMinutes(5), 3));
    UUID product = stocked(50);
    UUID cancelled = confirmed(product, 1);
    gateway.failNext(SimulatedCall.REFUND, 1);
    shop().orders().cancel(customer, cancelled, "changed my mind");
    eventually(() -> assertThat(gateway.calls(SimulatedCall.REFUND)).isEqualTo(1));
    eventually(() -> assertThat(shop().inFlight()).isZero());

    // when: it falls due while all places are taken, and more orders wait for each
    gateway.on().every(SimulatedCharge.approve().untilReleased());
    List<UUID> accepted = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      accepted.add(placeOnceThereIsRoom(product));
    }
    clock().advance(Duration.ofMinutes(5));

    // then
    eventually(
        () ->
            assertThat(refunds(cancelled))
                .extracting(Refund::status)
                .containsExactly(RefundStatus.SUCCEEDED));
    assertThatThrownBy(() -> place(product, 1)).isInstanceOf(OverloadedException.class);
    gateway.on().clear();
    gateway.releaseWaiting();
    accepted.forEach(id -> assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class));
  }

  /** A look at what is due sets places aside for a moment, on so few places nearly all. */
  private UUID placeOnceThereIsRoom(UUID product) {
    AtomicReference<UUID> placed = new AtomicReference<>();
    eventually(
        () -> {
          try {
            placed.set(place(product, 1).orderId());
          } catch (OverloadedException e) {
            throw new AssertionError("no room yet", e);
          }
        });
    return Objects.requireNonNull(placed.get());
  }

  @Test
  @Tag("T24")
  @DisplayName("T24: sagas that are retried hold no place in memory while they wait")
  void whatWaitsIsNotInMemory() {
    // given
    engine = EngineOptions.DEFAULT.withMaxInFlight(4);
    orderOptions =
        orderOptions
            .withPaymentTimeout(Duration.ofSeconds(10))
            .withPaymentRetry(RetryPolicy.every(Duration.ofMinutes(5), 3));
    UUID product = stocked(50);
    gateway.on().every(SimulatedCharge.loseAnswer());

    // when: many more than there are places, none of them decided
    List<UUID> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      waiting.add(placeOnceThereIsRoom(product));
    }

    // then
    waiting.forEach(id -> awaitPayment(id, TransactionStatus.UNKNOWN));
    eventually(() -> assertThat(shop().inFlight()).isZero());
    assertThat(storage().journal().list(SagaFilter.all(100))).hasSize(20);
    clock().advance(Duration.ofMinutes(5));
    waiting.forEach(id -> assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class));
    assertThat(gateway.money().charges()).isEqualTo(20);
  }
}
