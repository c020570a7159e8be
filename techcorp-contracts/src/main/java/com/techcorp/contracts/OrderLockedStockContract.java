package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.UnavailableException;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.PlaceOrder;
import com.techcorp.testkit.SimulatedCharge;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Somebody keeps a product's row locked: orders for it wait or are refused, and the others go on.
 */
public abstract class OrderLockedStockContract extends OrderScenario {
  /** For subclasses. */
  protected OrderLockedStockContract() {}

  @Test
  void whoBeginsWithALockedProductIsToldAndLeavesNothing() {
    // given
    StockWire wire = new StockWire();
    storageWire = WiredStorage.writing(wire::over);
    UUID product = stocked(5);
    UUID other = stocked(5);
    wire.locked.add(product);
    PlaceOrder request = request(product, 1);

    // when, then
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> place(request))
        .withMessageContaining("locked");
    confirmed(other, 1);
    assertThat(shop().orders().list(customer, 10)).hasSize(1);
    wire.locked.clear();
    assertThat(outcome(place(request))).isInstanceOf(OrderOutcome.Confirmed.class);
  }

  @Test
  void whoIsPaidWaitsForALockedProductWithoutAnOwner() {
    // given
    StockWire wire = new StockWire();
    storageWire = WiredStorage.writing(wire::over);
    UUID product = stocked(5);
    UUID order = paying(SimulatedCharge.approve(), product, 1);

    // when
    wire.locked.add(product);
    gateway.releaseWaiting();

    // then
    eventually(
        () ->
            assertThat(storage().journal().find(order))
                .hasValueSatisfying(
                    saga -> {
                      assertThat(saga.position().lastError()).contains("locked");
                      assertThat(saga.position().undecided()).isTrue();
                    }));
    wire.locked.clear();
    assertThat(outcome(order)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(gateway.money(order).charges()).isEqualTo(1);
    assertStock(product, 4, 0);
  }
}
