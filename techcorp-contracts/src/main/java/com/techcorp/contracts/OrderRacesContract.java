package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.order.Cart;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.PlaceOrder;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import com.techcorp.testkit.SimulatedCall;
import com.techcorp.testkit.SimulatedCharge;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several callers and processes act on an order at once, and one of them decides. */
public abstract class OrderRacesContract extends OrderConfirmationScenario {
  /** For subclasses. */
  protected OrderRacesContract() {}

  @Test
  @Tag("T03")
  @DisplayName("T03: what is checked is what is held, for all lines or for none")
  void checkAndHoldAreOne() throws Exception {
    // given: plenty of one product, few of another
    UUID plenty = stocked(100);
    UUID scarce = stocked(3);

    // when
    List<OrderOutcome> outcomes =
        Threads.together(
            8,
            thread ->
                () -> {
                  PlaceOrder request = request(new Cart.Item(plenty, 2), new Cart.Item(scarce, 1));
                  return outcome(shop().orders().place(request));
                });

    // then
    outcomes.forEach(outcome -> remember(outcome.orderId()));
    assertThat(outcomes).filteredOn(OrderOutcome.Confirmed.class::isInstance).hasSize(3);
    assertStock(scarce, 0, 0);
    assertStock(plenty, 94, 0);
  }

  @Test
  @Tag("T10")
  @DisplayName("T10: webhooks, a poller and the saga race; the charge is decided once")
  void everybodyAsksAtOnce() throws Exception {
    // given: a charge that was made, and not answered
    orderOptions =
        orderOptions
            .withPaymentTimeout(Duration.ofSeconds(10))
            .withPaymentRetry(RetryPolicy.every(Duration.ofMillis(20), 1_000));
    gateway.on().every(SimulatedCharge.loseAnswer());
    gateway.failNext(SimulatedCall.LOOK_UP, 3);
    UUID product = stocked(5);
    UUID id = place(product, 2).orderId();
    another();

    // when: both processes' sagas look, pollers reconcile, an operator's retry stands for a webhook
    Threads.together(
        12,
        thread ->
            () -> {
              for (int i = 0; i < 10; i++) {
                clock().advance(Duration.ofMillis(5));
                if (thread % 2 == 0) {
                  shop().payments().reconcile(Duration.ZERO, 10);
                } else {
                  nudge(id);
                }
              }
              return null;
            });

    // then
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertConfirmedOnce(id, product);
    assertThat(gateway.calls(SimulatedCall.CHARGE)).isEqualTo(1);
  }

  private void nudge(UUID id) {
    try {
      shop().admin().retry(id, "webhook", "the provider has an answer");
    } catch (com.techcorp.error.NotFoundException e) {
      assertThat(e).hasMessageContaining(id.toString()); // it has ended
    }
  }

  @Test
  @Tag("T15")
  @Tag("T16")
  @DisplayName("T15 T16: of an owner and a rescuer who both finish an order, one does")
  void aRescuerMeetsTheOwner() {
    // given: the owner is about to confirm when its lease runs out
    lease = Duration.ofMinutes(5);
    Slow owner = new Slow();
    AtomicBoolean paused = new AtomicBoolean();
    storageWire =
        storage ->
            WiredStorage.writing(owner::over)
                .apply(WiredStorage.claimingUnless(paused).apply(storage));
    UUID product = stocked(5);
    UUID id = place(product, 2).orderId();
    eventually(() -> assertThat(owner.waiting).isTrue());

    // when: the rescuer finishes it first
    paused.set(true);
    clock().advance(lease.plusSeconds(1));
    storageWire = storage -> storage;
    another();
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
    owner.go.countDown();

    // then
    if (!stockSite().isApart()) {
      eventually(() -> assertThat(storage().payments().reported(payment(id).id())).isPresent());
    }
    assertConfirmedOnce(id, product);
    assertThat(gateway.calls(SimulatedCall.CHARGE)).isEqualTo(1);
  }

  /** A process that is held up right before the commit that confirms. */
  private static final class Slow {
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicBoolean waiting = new AtomicBoolean();

    UnitOfWork over(UnitOfWork inner) {
      return new UnitOfWork() {
        @Override
        public List<CommitResult> commit(@Nullable Fence fence, List<WriteSet> batch) {
          if (confirms(batch)) {
            waiting.set(true);
            try {
              go.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          return inner.commit(fence, batch);
        }
      };
    }
  }
}
