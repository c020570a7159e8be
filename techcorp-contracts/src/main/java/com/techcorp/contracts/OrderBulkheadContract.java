package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.health.Finding;
import com.techcorp.health.HealthStatus;
import com.techcorp.inventory.Reservation;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLine;
import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.OrderRefundStatus;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.CallOptions;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.StepResult;
import com.techcorp.testkit.SimulatedCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A payment gateway some of whose calls never return and ignore interruption: what can be paid is
 * paid, what cannot ends by the rules of its hold, and nobody else notices.
 */
public abstract class OrderBulkheadContract extends OrderScenario {
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);
  private static final int PLACES = 8;

  private @Nullable HungCalls hung;

  /** For subclasses. */
  protected OrderBulkheadContract() {}

  @BeforeEach
  final void shortTimes() {
    orderOptions =
        orderOptions
            .withPaymentTimeout(CALL_TIMEOUT)
            .withPaymentRetry(RetryPolicy.every(Duration.ofMillis(100), 10));
    engine = engine.withCalls(CallOptions.DEFAULT.withMaxRemoteCalls(2 * PLACES));
    connection =
        provider -> {
          HungCalls calls = new HungCalls(provider);
          hung = calls;
          return calls;
        };
  }

  private HungCalls hung() {
    shop();
    return Objects.requireNonNull(hung, "the shop is open");
  }

  private List<Finding> findings(String code) {
    return shop().health().findings().stream().filter(f -> f.code().equals(code)).toList();
  }

  private List<UUID> placed(UUID product, int orders) {
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < orders; i++) {
      ids.add(place(product, 1).orderId());
    }
    return ids;
  }

  @Test
  @DisplayName("R02, B12: as many calls hang as there are places, and the provider is well")
  void whatHangsIsReplacedAndEverythingGoesOn() {
    UUID product = stocked(100);
    hung().hangs(PLACES, 0);
    List<UUID> first = placed(product, PLACES);
    eventually(() -> assertThat(findings("CALL_STUCK")).hasSize(PLACES));
    assertThat(findings("CALL_STUCK"))
        .extracting(Finding::subject)
        .containsExactlyInAnyOrderElementsOf(first);
    assertThat(shop().health().status()).isEqualTo(HealthStatus.DEGRADED);

    // when: a payment, look-ups, a refund and the expiry of a hold
    UUID paid = confirmed(product, 1);
    shop().orders().cancel(customer, paid, "changed my mind");
    UUID holder = newId();
    alsoHeldBy(holder);
    shop().inventory().reserve(holder, List.of(new StockLine(product, 1)), Duration.ofSeconds(2));

    // then
    eventually(() -> assertThat(order(paid).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED));
    eventually(
        () ->
            assertThat(reservations(holder))
                .extracting(Reservation::status)
                .containsExactly(ReservationStatus.EXPIRED));
    for (UUID id : first) {
      assertThat(outcome(id))
          .as("asked for, and sent again")
          .isInstanceOf(OrderOutcome.Confirmed.class);
      assertThat(gateway.money(id).charges()).isEqualTo(1);
    }
    assertThat(hung().hanging()).as("all this while").isEqualTo(PLACES);

    // and when: the old calls come back, with answers that are too late
    hung().release();

    // then
    eventually(() -> assertThat(shop().health().findings()).isEmpty());
    for (UUID id : first) {
      eventually(
          () -> assertThat(storage().payments().reported(payment(id).id())).as("late").isPresent());
    }
  }

  @Test
  @DisplayName("B12b: with more calls stuck than places, holds end at their cap all the same")
  void whileTheGatewayIsAwayOrdersEndByTheRulesOfTheirHolds() {
    // given: whatever is called hangs, until nothing is called any more
    engine = engine.withCalls(CallOptions.DEFAULT.withMaxRemoteCalls(4));
    UUID product = stocked(100);
    hung().hangs(Integer.MAX_VALUE, Integer.MAX_VALUE);
    List<UUID> asked = placed(product, 4);
    eventually(() -> assertThat(findings("SERVICE_AWAY")).hasSize(1));

    // when: orders are placed all the same
    List<UUID> unasked = placed(product, 3);

    // then: they wait without a call
    for (UUID id : unasked) {
      awaitPayment(id, TransactionStatus.PENDING);
      assertReserved(id, ReservationStatus.PENDING);
    }
    assertThat(hung().hanging()).as("more than two places, at most twice").isBetween(3, 4);

    // when
    clock().advance(HOLD.plus(GRACE));

    // then
    for (UUID id : both(asked, unasked)) {
      assertThat(outcome(id)).isEqualTo(new OrderOutcome.Cancelled(id, new CancelReason.Expired()));
      assertGivenBack(id, ReservationStatus.EXPIRED);
    }
    for (UUID id : unasked) {
      assertThat(payment(id).status()).as("surely never sent").isEqualTo(TransactionStatus.VOIDED);
    }
    assertThat(hung().hanging()).as("nothing more was sent").isBetween(3, 4);
    assertStock(product, 100, 0);

    // when
    hung().release();

    // then: what arrives now is not kept, and the gateway is back
    for (UUID id : asked) {
      eventually(
          () ->
              assertThat(payment(id).status())
                  .isIn(
                      TransactionStatus.VOIDED,
                      TransactionStatus.DECLINED,
                      TransactionStatus.REFUNDED));
      assertThat(gateway.money(id).kept()).isZero();
    }
    assertThat(outcome(place(product, 1))).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(findings("SERVICE_AWAY")).isEmpty();
  }

  private static List<UUID> both(List<UUID> some, List<UUID> others) {
    List<UUID> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  @Test
  void whatWasNeverSentIsSentWithoutALookUpWhenTheGatewayIsBack() {
    engine = engine.withCalls(CallOptions.DEFAULT.withMaxRemoteCalls(2));
    UUID product = stocked(5);
    hung().hangs(1, 1);
    UUID stuck = place(product, 1).orderId(); // its charge, and the look at it
    eventually(() -> assertThat(findings("SERVICE_AWAY")).hasSize(1));

    OrderReceipt waits = place(product, 1);
    UUID id = waits.orderId();
    eventually(
        () ->
            assertThat(storage().journal().find(id))
                .hasValueSatisfying(
                    saga -> {
                      assertThat(saga.position().lastError()).contains("nothing is sent");
                      assertThat(saga.position().undecided()).isFalse();
                    }));
    hung().release();

    assertThat(outcome(waits)).isInstanceOf(OrderOutcome.Confirmed.class);
    String reference = payment(id).id().toString();
    assertThat(gateway.calls(SimulatedCall.CHARGE, reference)).isEqualTo(1);
    assertThat(gateway.calls(SimulatedCall.LOOK_UP, reference)).isZero();
    assertThat(outcome(stuck)).isInstanceOf(OrderOutcome.Confirmed.class);
  }

  @Test
  void aSagaOfTheHostsIsNotHeldUpByAGatewayThatIsAway() {
    SagaDefinition<String> trip =
        SagaDefinition.named("trip", String.class)
            .step(RemoteStep.named("fly", (data, call) -> StepResult.done(data)))
            .build();
    hostSagas.add(trip);
    engine = engine.withCalls(CallOptions.DEFAULT.withMaxRemoteCalls(2));
    UUID product = stocked(5);
    hung().hangs(1, 1);
    place(product, 1);
    eventually(() -> assertThat(findings("SERVICE_AWAY")).hasSize(1));

    CompletableFuture<?> flown = shop().sagas().start(trip, newId(), "there");

    eventually(() -> assertThat(flown).isCompleted());
    assertThat(findings("SERVICE_AWAY")).as("all this while").hasSize(1);
    hung().release();
  }

  @Test
  void aHostsExecutorIsGivenAsManyCallsAsThereArePlaces() {
    ExecutorService host = Executors.newCachedThreadPool();
    try {
      orderOptions =
          orderOptions
              .withPaymentTimeout(Duration.ofSeconds(30))
              .withPaymentRetry(orderOptions.paymentRetry());
      engine =
          engine.withCalls(CallOptions.DEFAULT.withMaxRemoteCalls(2 * PLACES).withExecutor(host));
      UUID product = stocked(100);
      hung().hangs(PLACES, 0);
      List<UUID> ids = placed(product, 3 * PLACES);
      eventually(() -> assertThat(hung().hanging()).isEqualTo(PLACES));

      hung().release();

      for (UUID id : ids) {
        assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
      }
      assertThat(hung().mostAtOnce()).isEqualTo(PLACES);
    } finally {
      hung().release();
      host.shutdown();
    }
  }
}
