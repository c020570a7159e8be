package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderStatus;
import com.techcorp.order.spi.OrderEffect;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.saga.SagaFilter;
import com.techcorp.storage.WriteSet;
import com.techcorp.testkit.SimulatedCall;
import java.util.List;
import java.util.UUID;

/**
 * An order whose confirming commit is held up or lost, and which is confirmed once all the same.
 */
public abstract class OrderConfirmationScenario extends OrderScenario {
  /** For subclasses. */
  protected OrderConfirmationScenario() {}

  static boolean confirms(List<WriteSet> batch) {
    return batch.stream()
        .flatMap(work -> work.effects().stream())
        .anyMatch(
            effect ->
                effect instanceof OrderEffect.Append append
                    && append.type() == OrderEventType.CONFIRMED);
  }

  final void assertConfirmedOnce(UUID id, UUID product) {
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
}
