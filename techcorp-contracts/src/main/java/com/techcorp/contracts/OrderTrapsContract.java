package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.OverloadedException;
import com.techcorp.error.UnavailableException;
import com.techcorp.order.Cart;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderRefundStatus;
import com.techcorp.order.OrderStatus;
import com.techcorp.order.PlaceOrder;
import com.techcorp.order.spi.OrderEffect;
import com.techcorp.payment.Refund;
import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.payment.spi.PaymentReport;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.SagaFilter;
import com.techcorp.saga.spi.SagaJournal;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import com.techcorp.testkit.SimulatedCall;
import com.techcorp.testkit.SimulatedCharge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What users of comparable systems reported, and what must not happen here. */
public abstract class OrderTrapsContract extends OrderScenario {
  /** For subclasses. */
  protected OrderTrapsContract() {}

  private static boolean confirms(List<WriteSet> batch) {
    return batch.stream()
        .flatMap(work -> work.effects().stream())
        .anyMatch(
            effect ->
                effect instanceof OrderEffect.Append append
                    && append.type() == OrderEventType.CONFIRMED);
  }

  private void assertConfirmedOnce(UUID id, UUID product) {
    eventually(() -> assertThat(order(id).status()).isEqualTo(OrderStatus.CONFIRMED));
    eventually(() -> assertThat(storage().journal().list(SagaFilter.all(10))).isEmpty());
    assertHistory(id, OrderEventType.CREATED, OrderEventType.PAID, OrderEventType.CONFIRMED);
    assertPublished(id, "payment.confirmed", "order.confirmed");
    assertThat(payment(id).status()).isEqualTo(TransactionStatus.APPROVED);
    assertThat(gateway.money(id).charges()).isEqualTo(1);
    assertThat(gateway.calls(SimulatedCall.REFUND)).isZero();
    assertThat(gateway.calls(SimulatedCall.CANCEL)).isZero();
    assertStock(product, 3, 0);
  }

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
  @Tag("T14")
  @DisplayName("T14: a confirmation whose acknowledgement was lost is not compensated")
  void aLostAcknowledgementIsNoFailure() {
    // given
    AtomicInteger lost = new AtomicInteger();
    storageWire =
        WiredStorage.writing(
            inner ->
                (fence, batch) -> {
                  List<CommitResult> results = inner.commit(fence, batch);
                  if (confirms(batch) && lost.getAndIncrement() == 0) {
                    throw new UnavailableException("the acknowledgement was lost");
                  }
                  return results;
                });
    UUID product = stocked(5);

    // when
    UUID id = place(product, 2).orderId();

    // then
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
    if (!stockSite().isApart()) {
      eventually(
          () ->
              assertThat(storage().payments().reported(payment(id).id()))
                  .as("this process could not know")
                  .map(PaymentReport::status)
                  .contains(TransactionStatus.APPROVED));
    }
    assertConfirmedOnce(id, product);
  }

  @Test
  @Tag("T14")
  @DisplayName("T14: a confirmation that failed to commit is made again, not compensated")
  void aCommitThatFailedIsNoFailureOfTheOrder() {
    // given
    AtomicInteger failed = new AtomicInteger();
    storageWire =
        WiredStorage.writing(
            inner ->
                (fence, batch) -> {
                  if (confirms(batch) && failed.getAndIncrement() < 2) {
                    throw new UnavailableException("the connection was lost");
                  }
                  return inner.commit(fence, batch);
                });
    UUID product = stocked(5);

    // when
    UUID id = place(product, 2).orderId();

    // then
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertConfirmedOnce(id, product);
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

  @Test
  @Tag("T17")
  @DisplayName("T17: a storage that goes away while sagas are taken up strands none of them")
  void anOutageDuringRecovery() {
    // given: orders that are left behind
    lease = Duration.ofMinutes(5);
    gateway.on().every(SimulatedCharge.loseAnswer());
    gateway.failNext(SimulatedCall.LOOK_UP, Integer.MAX_VALUE);
    UUID product = stocked(50);
    List<UUID> orders = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      orders.add(place(product, 1).orderId());
    }
    orders.forEach(id -> awaitPayment(id, TransactionStatus.UNKNOWN));
    shop().close(Duration.ZERO);

    // when: of three claims one is lost before it is made, and one after
    AtomicInteger claims = new AtomicInteger();
    storageWire =
        WiredStorage.journal(
            inner ->
                WiredStorage.proxy(
                    SagaJournal.class,
                    inner,
                    (method, call) -> {
                      int n = method.equals("claimDue") ? claims.incrementAndGet() : 0;
                      if (n % 3 == 1 && n < 20) {
                        throw new UnavailableException("the connection was lost");
                      }
                      Object result = call.make();
                      if (n % 3 == 2 && n < 20) {
                        throw new UnavailableException("the acknowledgement was lost");
                      }
                      return result;
                    }));
    gateway.failNext(SimulatedCall.LOOK_UP, 0);
    another();

    // then
    orders.forEach(
        id -> eventually(() -> assertThat(order(id).status()).isEqualTo(OrderStatus.CONFIRMED)));
    assertThat(claims.get()).as("claims, two of them lost").isGreaterThanOrEqualTo(3);
    assertThat(gateway.money().charges()).isEqualTo(orders.size());
  }

  @Test
  @Tag("T22")
  @DisplayName("T22: a key whose order ended long ago gives that order, and no other's result")
  void aKeyIsNotFreedByTheEndOfItsOrder() {
    // given
    UUID product = stocked(5);
    PlaceOrder request = request(product, 2).withKey("monday");
    UUID id = place(request).orderId();
    outcome(id);
    shop().orders().cancel(customer, id, "changed my mind");
    eventually(() -> assertThat(order(id).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED));
    eventually(() -> assertThat(storage().journal().list(SagaFilter.all(10))).isEmpty());
    clock().advance(Duration.ofDays(7));

    // when
    UUID again = shop().orders().place(request).orderId();

    // then
    assertThat(again).isEqualTo(id);
    assertThat(outcome(again)).isInstanceOf(OrderOutcome.Cancelled.class);
    assertThat(gateway.money(id).charges()).isEqualTo(1);
    assertStock(product, 5, 0);
  }

  @Test
  @Tag("T22")
  @DisplayName("T22: a cart that was cancelled and is ordered anew has an outcome of its own")
  void aFreedCartHasANewOutcome() {
    // given
    UUID product = stocked(5);
    PlaceOrder request = request(product, 2);
    gateway.on().every(SimulatedCharge.decline("insufficient_funds"));
    UUID first = place(request).orderId();
    assertThat(outcome(first)).isInstanceOf(OrderOutcome.Cancelled.class);

    // when
    gateway.on().every(SimulatedCharge.approve());
    UUID second = place(request).orderId();

    // then
    assertThat(second).isNotEqualTo(first);
    assertThat(outcome(second)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(outcome(first)).isInstanceOf(OrderOutcome.Cancelled.class);
  }

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
