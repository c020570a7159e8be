package com.techcorp.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.messaging.Event;
import com.techcorp.order.OrderOutcome;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.saga.RetryPolicy;
import com.techcorp.saga.SagaFilter;
import com.techcorp.testkit.SimulatedCharge;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
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
    eventually(() -> assertThat(order(id).refundStatus()).isEqualTo("REFUNDED"));

    assertNoTokenAnywhere(id);
  }

  @Test
  void aProvidersExceptionDoesNotBringTheTokenToTheOperator() {
    chargingFirst(
        () -> {
          throw new IllegalStateException("no route for card " + CARD);
        });
    UUID id = undecided();

    assertThat(shop().admin().explain(id).text()).contains("no route for card tok_***");
    assertOperatorSeesNoToken(id);
    shop().admin().retry(id, "olga", "the provider is well again");
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertNoTokenAnywhere(id);
  }

  @Test
  void aProvidersReasonDoesNotBringTheTokenToTheOperator() {
    chargingFirst(() -> new PaymentGateway.ChargeAnswer.Unknown("lost: " + CARD));
    UUID id = undecided();

    assertThat(shop().admin().explain(id).text()).contains("lost: tok_***");
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

    assertThat(order(id).cancelDetail()).isEqualTo("unknown card tok_***");
    assertNoTokenAnywhere(id);
  }

  private UUID undecided() {
    settings =
        settings.paying(Duration.ofSeconds(10), RetryPolicy.every(Duration.ofMinutes(8), 10));
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
