package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.messaging.Event;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderRefundStatus;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.SagaFilter;
import com.techcorp.testkit.SimulatedCharge;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The card token is seen by the provider, and by nobody else. */
public abstract class OrderSecretsContract extends OrderScenario {
  /** For subclasses. */
  protected OrderSecretsContract() {}

  @Test
  void anOrderLeavesNoTokenBehind() {
    UUID id = confirmed(stocked(5), 2);

    shop().orders().ship(id);

    assertNoTokenAnywhere(id);
  }

  @Test
  void aDeclinedOrderLeavesNoTokenBehind() {
    gateway.on().every(SimulatedCharge.decline("insufficient_funds"));
    UUID id = place(stocked(5), 2).orderId();
    outcome(id);

    assertNoTokenAnywhere(id);
  }

  @Test
  void aRefundedOrderLeavesNoTokenBehind() {
    UUID id = confirmed(stocked(5), 2);
    shop().orders().cancel(customer, id, "changed my mind");
    eventually(() -> assertThat(order(id).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED));

    assertNoTokenAnywhere(id);
  }

  @Test
  void aProvidersExceptionDoesNotBringTheTokenToTheOperator() {
    chargingFirst(
        () -> {
          throw new IllegalStateException("no route for card " + CARD);
        });
    UUID id = undecided();

    assertThat(shop().admin().explain(id).text()).contains("no route for card ***");
    assertOperatorSeesNoToken(id);
    shop().admin().retry(id, "olga", "the provider is well again");
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertNoTokenAnywhere(id);
  }

  @Test
  void aProvidersReasonDoesNotBringTheTokenToTheOperator() {
    chargingFirst(() -> new PaymentGateway.ChargeAnswer.Unknown("lost: " + CARD));
    UUID id = undecided();

    assertThat(shop().admin().explain(id).text()).contains("lost: ***");
    assertOperatorSeesNoToken(id);
    shop().admin().retry(id, "olga", "the provider is well again");
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertNoTokenAnywhere(id);
  }

  @Test
  void aProvidersDeclineCodeDoesNotBringTheTokenToTheCustomer() {
    gateway.on().every(SimulatedCharge.decline("unknown card " + CARD));
    UUID id = place(stocked(5), 2).orderId();

    outcome(id);

    assertThat(order(id).cancelDetail()).isEqualTo("unknown card ***");
    assertNoTokenAnywhere(id);
  }

  @Test
  @Tag("R10")
  @DisplayName("R10: an Error of a gateway does not bring the token to the operator either")
  void aProvidersErrorDoesNotBringTheTokenToTheOperator() {
    chargingFirst(
        () -> {
          throw new AssertionError("unexpected state of card " + CARD);
        });
    UUID id = undecided();

    assertThat(shop().admin().explain(id).text()).contains("unexpected state of card ***");
    assertOperatorSeesNoToken(id);
    shop().admin().retry(id, "olga", "the provider is well again");
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertNoTokenAnywhere(id);
  }

  @Test
  @Tag("R10")
  @DisplayName("R10: the token is removed in whatever case or encoding it is quoted")
  void aTokenIsRemovedHoweverItIsQuoted() {
    String upper = CARD.toUpperCase(Locale.ROOT);
    String base64 =
        Base64.getEncoder().encodeToString(("key:" + CARD).getBytes(StandardCharsets.UTF_8));
    String percent = CARD.replace("_", "%5f");
    chargingFirst(
        () ->
            new PaymentGateway.ChargeAnswer.Unknown(
                "lost: " + upper + " " + percent + " " + base64));
    UUID id = undecided();

    String shown = shop().admin().explain(id).text();
    assertThat(shown)
        .contains("lost: *** ***")
        .doesNotContain(upper, percent, base64.substring(6, 20));
    shop().admin().retry(id, "olga", "the provider is well again");
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
  }

  @Test
  @Tag("R26B")
  @DisplayName("R26B: a reason cannot forge a line of the log")
  void aProvidersReasonIsOneLine() {
    chargingFirst(
        () -> new PaymentGateway.ChargeAnswer.Unknown("lost\n03:00 ERROR admin logged in\u202e"));
    UUID id = undecided();

    assertThat(shop().admin().explain(id).text())
        .contains("lost\\n03:00 ERROR admin logged in\\u202e");
    shop().admin().retry(id, "olga", "the provider is well again");
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
  }

  @Test
  @Tag("R24")
  @DisplayName("R24: a provider's text that no database takes does not cost the order")
  void aReferenceThatCannotBeStoredIsStoredWithReplacements() {
    connection = OrderSecretsContract::withOddReferences;

    UUID id = confirmed(stocked(5), 2);

    assertThat(payment(id).providerRef()).isEqualTo("ch\uFFFD_1\uFFFD");
  }

  private static PaymentGateway withOddReferences(PaymentGateway provider) {
    return (PaymentGateway)
        Proxy.newProxyInstance(
            PaymentGateway.class.getClassLoader(),
            new Class<?>[] {PaymentGateway.class},
            (proxy, method, arguments) -> {
              Object answer = method.invoke(provider, arguments);
              return answer instanceof PaymentGateway.ChargeAnswer.Approved
                  ? new PaymentGateway.ChargeAnswer.Approved("ch\0_1\uD83D")
                  : answer;
            });
  }

  private UUID undecided() {
    orderOptions =
        orderOptions
            .withPaymentTimeout(Duration.ofSeconds(10))
            .withPaymentRetry(RetryPolicy.every(Duration.ofMinutes(8), 10));
    UUID id = place(stocked(5), 2).orderId();
    awaitPayment(id, TransactionStatus.UNKNOWN);
    return id;
  }

  private interface Charging {
    PaymentGateway.ChargeAnswer charge() throws Exception;
  }

  /** The first charge goes otherwise; everything else is the provider's. */
  private void chargingFirst(Charging first) {
    AtomicInteger charges = new AtomicInteger();
    connection =
        provider ->
            (PaymentGateway)
                Proxy.newProxyInstance(
                    PaymentGateway.class.getClassLoader(),
                    new Class<?>[] {PaymentGateway.class},
                    (proxy, method, arguments) -> {
                      if (method.getName().equals("charge") && charges.getAndIncrement() == 0) {
                        return first.charge();
                      }
                      try {
                        return method.invoke(provider, arguments);
                      } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                      }
                    });
  }

  private void assertOperatorSeesNoToken(UUID id) {
    assertThat(shop().admin().explain(id).toString()).doesNotContain(CARD);
    assertThat(shop().admin().list(SagaFilter.all(10)).toString()).doesNotContain(CARD);
    assertThat(String.valueOf(storage().journal().find(id).orElseThrow().position().lastError()))
        .doesNotContain(CARD);
  }

  private void assertNoTokenAnywhere(UUID id) {
    eventually(() -> assertThat(storage().outbox().backlog().events()).isZero());
    assertThat(shop().orders().history(id).toString()).doesNotContain(CARD);
    assertThat(order(id).toString()).doesNotContain(CARD);
    assertThat(payment(id).toString()).doesNotContain(CARD);
    assertThat(published(id)).extracting(Event::toString).noneMatch(e -> e.contains(CARD));
    assertThat(shop().notifier().deliveries(id).toString()).doesNotContain(CARD);
    assertThat(mailbox.attempts())
        .noneMatch(m -> (m.subject() + m.text() + m.html()).contains(CARD));
    eventually(() -> assertThat(storage().journal().find(id)).isEmpty());
    assertThat(dump()).doesNotContain(CARD);
  }
}
