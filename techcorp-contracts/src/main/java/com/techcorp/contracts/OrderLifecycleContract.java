package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.IllegalTransitionException;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderStatus;
import com.techcorp.testkit.SimulatedCharge;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What follows the confirmation of an order. */
public abstract class OrderLifecycleContract extends OrderScenario {
  /** For subclasses. */
  protected OrderLifecycleContract() {}

  @Test
  void aConfirmedOrderIsShippedAndDelivered() {
    UUID id = confirmed(stocked(5), 2);

    assertThat(shop().orders().ship(id).status()).isEqualTo(OrderStatus.SHIPPED);
    assertThat(shop().orders().deliver(id).status()).isEqualTo(OrderStatus.DELIVERED);

    assertHistory(
        id,
        OrderEventType.CREATED,
        OrderEventType.PAID,
        OrderEventType.CONFIRMED,
        OrderEventType.SHIPPED,
        OrderEventType.DELIVERED);
    assertPublished(id, "payment.confirmed", "order.confirmed", "order.shipped", "order.delivered");
  }

  @Test
  void anUnconfirmedOrderIsNeitherShippedNorDelivered() {
    UUID id = paying(SimulatedCharge.approve(), stocked(5), 2);

    assertIllegal(id, "CREATED");

    gateway.releaseWaiting();
    outcome(id);
    assertThatThrownBy(() -> shop().orders().deliver(id))
        .isInstanceOf(IllegalTransitionException.class)
        .hasMessageContaining("CONFIRMED");
  }

  @Test
  void aCancelledOrderIsNeitherShippedNorDelivered() {
    UUID id = confirmed(stocked(5), 2);
    shop().orders().cancel(customer, id, "changed my mind");

    assertIllegal(id, "CANCELLED");
  }

  @Test
  void anOrderIsShippedAndDeliveredOnce() {
    UUID id = confirmed(stocked(5), 2);
    shop().orders().ship(id);
    assertThatThrownBy(() -> shop().orders().ship(id))
        .isInstanceOf(IllegalTransitionException.class);

    shop().orders().deliver(id);

    assertIllegal(id, "DELIVERED");
  }

  private void assertIllegal(UUID id, String state) {
    assertThatThrownBy(() -> shop().orders().ship(id))
        .isInstanceOf(IllegalTransitionException.class)
        .hasMessageContaining(state);
    assertThatThrownBy(() -> shop().orders().deliver(id))
        .isInstanceOf(IllegalTransitionException.class)
        .hasMessageContaining(state);
  }
}
