package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.TechCorp;
import com.techcorp.order.OrderRefundStatus;
import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.saga.SagaFilter;
import com.techcorp.testkit.SimulatedCall;
import com.techcorp.testkit.SimulatedGateway;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A refund whose answer was lost is paid once, also when it is tried again after the provider has
 * forgotten its key: the provider pays whatever arrives, and its books judge.
 */
@Tag("R09")
public abstract class OrderRefundWindowContract extends OrderScenario {
  private static final Duration WINDOW = Duration.ofHours(1);
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  /** For subclasses. */
  protected OrderRefundWindowContract() {}

  private void provider(SimulatedGateway.Builder builder) {
    gateway =
        builder.limitsRefunds(false).idempotencyWindow(WINDOW).requestLifetime(LIFETIME).build();
  }

  /** An order whose refund was sent to the end of its budget, and never answered. */
  private UUID unanswered() {
    UUID id = confirmed(stocked(5), 2);
    gateway.loseRefundAnswers(Integer.MAX_VALUE);
    shop().orders().cancel(customer, id, "changed my mind");
    awaitParked("undecided after");
    assertThat(gateway.calls(SimulatedCall.REFUND))
        .isEqualTo(orderOptions.refundRetry().attempts());
    assertThat(gateway.money(id).refunds()).as("folded").isEqualTo(1);
    return id;
  }

  private UUID awaitParked(String reason) {
    eventually(() -> assertThat(shop().admin().list(SagaFilter.parked(10))).hasSize(1));
    UUID parked = shop().admin().list(SagaFilter.parked(10)).get(0).id();
    assertThat(shop().admin().explain(parked).text()).contains("PARKED", reason);
    return parked;
  }

  private void windowPasses() {
    clock().advance(WINDOW);
    gateway.forgetKeys();
  }

  private void providerAnswersAgain() {
    gateway.loseRefundAnswers(0);
    gateway.loseRefunds(0);
  }

  private void retry(TechCorp process) {
    process
        .admin()
        .list(SagaFilter.parked(10))
        .forEach(parked -> process.admin().retry(parked.id(), "olga", "the provider is back"));
  }

  private void assertRefundedOnce(UUID id) {
    eventually(() -> assertThat(payment(id).status()).isEqualTo(TransactionStatus.REFUNDED));
    assertThat(refunds(id)).allMatch(refund -> refund.status() == RefundStatus.SUCCEEDED);
    assertThat(order(id).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED);
    assertThat(gateway.money(id).refunds()).as("paid back so many times").isEqualTo(1);
    assertThat(gateway.money(id).kept()).isZero();
  }

  @Test
  @DisplayName("R09: a refund that is retried after the provider's window is looked up, not sent")
  void afterTheWindowItIsLookedUp() {
    provider(SimulatedGateway.builder());
    UUID id = unanswered();
    windowPasses();
    providerAnswersAgain();

    retry(shop());

    assertRefundedOnce(id);
    assertThat(gateway.calls(SimulatedCall.REFUND))
        .isEqualTo(orderOptions.refundRetry().attempts());
    assertThat(gateway.calls(SimulatedCall.LOOK_UP_REFUND)).isEqualTo(1);
    assertThat(refunds(id)).allSatisfy(r -> assertThat(r.providerRef()).startsWith("re_"));
  }

  @Test
  void withinTheWindowItIsSentAgainUnderItsReference() {
    provider(SimulatedGateway.builder());
    UUID id = unanswered();
    clock().advance(WINDOW.dividedBy(2));
    providerAnswersAgain();

    retry(shop());

    assertRefundedOnce(id);
    assertThat(gateway.calls(SimulatedCall.REFUND))
        .isEqualTo(orderOptions.refundRetry().attempts() + 1);
    assertThat(gateway.calls(SimulatedCall.LOOK_UP_REFUND)).isZero();
  }

  @Test
  @DisplayName("R09: the window counts from the first send, over retries and processes")
  void theWindowCountsFromTheFirstSend() {
    provider(SimulatedGateway.builder());
    UUID id = unanswered();
    clock().advance(WINDOW.multipliedBy(2).dividedBy(3));
    retry(shop());
    int sent = 2 * orderOptions.refundRetry().attempts();
    eventually(() -> assertThat(gateway.calls(SimulatedCall.REFUND)).isEqualTo(sent));
    awaitParked("undecided after");
    TechCorp second = another();
    shop().close();

    clock().advance(WINDOW.multipliedBy(2).dividedBy(3)); // less than a window since the last send
    gateway.forgetKeys();
    providerAnswersAgain();
    retry(second);

    assertRefundedOnce(id);
    assertThat(gateway.calls(SimulatedCall.REFUND)).isEqualTo(sent);
    assertThat(gateway.calls(SimulatedCall.LOOK_UP_REFUND)).isEqualTo(1);
  }

  @Test
  void whatTheProviderDoesNotKnowIsSentOnceMore() {
    provider(SimulatedGateway.builder());
    UUID id = neverArrived();
    windowPasses();
    providerAnswersAgain();

    retry(shop());

    assertRefundedOnce(id);
    assertThat(gateway.calls(SimulatedCall.REFUND))
        .isEqualTo(orderOptions.refundRetry().attempts() + 1);
    assertThat(gateway.calls(SimulatedCall.LOOK_UP_REFUND)).isEqualTo(1);
  }

  private UUID neverArrived() {
    UUID id = confirmed(stocked(5), 2);
    gateway.loseRefunds(Integer.MAX_VALUE);
    shop().orders().cancel(customer, id, "changed my mind");
    awaitParked("undecided after");
    assertThat(gateway.money(id).refunds()).isZero();
    return id;
  }

  @Test
  void whatMayStillArriveIsNotSentYet() {
    gateway =
        SimulatedGateway.builder()
            .limitsRefunds(false)
            .idempotencyWindow(Duration.ofMinutes(2))
            .requestLifetime(LIFETIME)
            .build();
    UUID id = neverArrived();
    clock().advance(Duration.ofMinutes(3));
    gateway.forgetKeys();
    providerAnswersAgain();

    retry(shop());

    eventually(
        () ->
            assertThat(gateway.calls(SimulatedCall.LOOK_UP_REFUND))
                .isEqualTo(orderOptions.refundRetry().attempts()));
    awaitParked("it may still arrive");
    assertThat(gateway.calls(SimulatedCall.REFUND))
        .isEqualTo(orderOptions.refundRetry().attempts());
    clock().advance(LIFETIME);
    retry(shop());
    assertRefundedOnce(id);
    assertThat(gateway.calls(SimulatedCall.REFUND))
        .isEqualTo(orderOptions.refundRetry().attempts() + 1);
  }

  @Test
  void aGatewayThatCannotLookUpLeavesItToAnOperator() {
    provider(SimulatedGateway.builder().looksRefundsUp(false));
    UUID id = unanswered();
    windowPasses();
    providerAnswersAgain();

    retry(shop());

    UUID parked = awaitParked("cannot look refunds up");
    String reference = refunds(id).findFirst().orElseThrow().id().toString();
    assertThat(shop().admin().explain(parked).text()).contains(reference, WINDOW.toString());
    retry(shop());
    eventually(() -> assertThat(gateway.calls(SimulatedCall.LOOK_UP_REFUND)).isEqualTo(2));
    awaitParked("cannot look refunds up");
    assertThat(gateway.calls(SimulatedCall.REFUND))
        .isEqualTo(orderOptions.refundRetry().attempts());
    shop().admin().forceComplete(parked, "olga", "the provider's console has it");
    assertRefundedOnce(id);
  }

  @Test
  void aLookUpWithoutAnAnswerIsRepeatedWithinTheBudget() {
    provider(SimulatedGateway.builder());
    UUID id = unanswered();
    windowPasses();
    providerAnswersAgain();
    gateway.failNext(SimulatedCall.LOOK_UP_REFUND, Integer.MAX_VALUE);

    retry(shop());

    eventually(
        () ->
            assertThat(gateway.calls(SimulatedCall.LOOK_UP_REFUND))
                .isEqualTo(orderOptions.refundRetry().attempts()));
    awaitParked("out of reach");
    assertThat(gateway.calls(SimulatedCall.REFUND))
        .isEqualTo(orderOptions.refundRetry().attempts());
    gateway.failNext(SimulatedCall.LOOK_UP_REFUND, 0);
    retry(shop());
    assertRefundedOnce(id);
  }

  @Test
  void whatWasRefusedEachTimeIsSentAgainWhenever() {
    provider(SimulatedGateway.builder().looksRefundsUp(false));
    UUID id = confirmed(stocked(5), 2);
    gateway.failNext(SimulatedCall.REFUND, Integer.MAX_VALUE);
    shop().orders().cancel(customer, id, "changed my mind");
    awaitParked("refuses for now");
    windowPasses();
    gateway.failNext(SimulatedCall.REFUND, 0);

    retry(shop());

    assertRefundedOnce(id);
    assertThat(gateway.calls(SimulatedCall.LOOK_UP_REFUND)).isZero();
  }
}
