package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.TechCorp;
import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.order.OrderOutcome;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.saga.SagaState;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a gateway may do to the shop that calls it: throw anything, or close it. */
public abstract class OrderGatewayFaultsContract extends OrderScenario {
  /** For subclasses. */
  protected OrderGatewayFaultsContract() {}

  @ParameterizedTest
  @EnumSource
  @Tag("B01")
  @DisplayName("B01 C: whatever a gateway throws is no answer; a fatal error parks the order")
  void whatAGatewayThrowsIsNoAnswer(Thrown thrown) {
    // given
    AtomicInteger charges = new AtomicInteger();
    connection =
        provider ->
            (PaymentGateway)
                Proxy.newProxyInstance(
                    PaymentGateway.class.getClassLoader(),
                    new Class<?>[] {PaymentGateway.class},
                    (proxy, method, arguments) -> {
                      if (method.getName().equals("charge") && charges.getAndIncrement() == 0) {
                        thrown.raise();
                      }
                      return method.invoke(provider, arguments);
                    });
    UUID product = stocked(50);

    // when
    UUID id = place(product, 1).orderId();

    // then
    if (FaultBoundary.isFatal(thrown.fault())) {
      eventually(
          () ->
              assertThat(storage().journal().find(id))
                  .hasValueSatisfying(
                      saga -> {
                        assertThat(saga.position().state()).isEqualTo(SagaState.PARKED);
                        assertThat(saga.position().undecided()).isTrue();
                        assertThat(saga.position().lastError())
                            .contains("pay", thrown.fault().getClass().getName());
                      }));
      eventually(() -> assertThat(shop().health().counters()).containsEntry("node.restarts", 1L));
      shop().admin().retry(id, "olga", "the memory is enough again");
    }
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(gateway.money(id).charges()).isEqualTo(1);
    eventually(() -> assertThat(shop().inFlight()).isZero());
  }

  @Test
  @DisplayName("close() from within a gateway does not wait for itself")
  void aGatewayMayCloseTheShop() {
    // given
    AtomicInteger closed = new AtomicInteger();
    connection = provider -> closingFirst(provider, closed);
    UUID product = stocked(50);

    // when
    UUID id = place(product, 1).orderId();
    eventually(() -> assertThat(closed.get()).isPositive());

    // then: another process finishes the order
    TechCorp heir = another();
    eventually(
        () ->
            assertThat(heir.orders().outcome(id))
                .isCompletedWithValueMatching(OrderOutcome.Confirmed.class::isInstance));
    assertThat(gateway.money(id).charges()).isEqualTo(1);
  }

  private PaymentGateway closingFirst(PaymentGateway provider, AtomicInteger closed) {
    AtomicInteger charges = new AtomicInteger();
    return (PaymentGateway)
        Proxy.newProxyInstance(
            PaymentGateway.class.getClassLoader(),
            new Class<?>[] {PaymentGateway.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("charge") && charges.getAndIncrement() == 0) {
                shop().close(Duration.ofDays(1));
                closed.incrementAndGet();
              }
              return method.invoke(provider, arguments);
            });
  }
}
