package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.IllegalTransitionException;
import com.techcorp.inventory.Reservation;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLine;
import com.techcorp.order.OrderOutcome;
import com.techcorp.testkit.SimulatedCharge;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Only its owner changes a hold: the order that made it, the host, or whoever has its token. */
public abstract class InventoryReserverOwnersContract extends InventoryReserverScenario {
  /** For subclasses. */
  protected InventoryReserverOwnersContract() {}

  private void assertTheOrdersOwn(UUID order) {
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> inventory().confirm(order),
            () -> inventory().release(order),
            () -> inventory().reverse(order),
            () -> inventory().extend(order, TTL),
            () -> inventory().reverse(order, newId()))) {
      assertThatThrownBy(call)
          .isInstanceOf(IllegalTransitionException.class)
          .hasMessageContaining(order.toString())
          .hasMessageContaining("cancel the order");
    }
  }

  @Test
  @DisplayName("R06: nobody but the order changes what an order under way holds")
  void theStockOfAnOrderUnderWayIsItsSagas() {
    // given
    UUID product = stocked(5);
    UUID order = paying(SimulatedCharge.approve(), product, 2);

    // when, then
    assertTheOrdersOwn(order);
    assertStock(product, 3, 2);
    gateway.releaseWaiting();
    assertThat(outcome(order)).isInstanceOf(OrderOutcome.Confirmed.class);
  }

  @Test
  @DisplayName("R06: the last unit is not sold twice by taking a confirmed order's stock back")
  void theStockOfAConfirmedOrderIsTheOrders() {
    // given
    UUID product = stocked(2);
    UUID order = confirmed(product, 2);

    // when, then
    assertTheOrdersOwn(order);
    assertReserved(order, ReservationStatus.CONFIRMED);
    assertStock(product, 0, 0);
    assertRefused(
        inventory().reserve(order, List.of(new StockLine(product, 2)), TTL), "by another");

    // and the order itself still gives it back
    shop().orders().cancel(customer, order, "changed my mind");
    assertReserved(order, ReservationStatus.REVERSED);
    assertStock(product, 2, 0);
    assertTheOrdersOwn(order);
  }

  @Test
  void anOrdersTokenStaysWithTheOrder() {
    UUID order = confirmed(stocked(2), 2);

    UUID token = storage().orders().holdToken(order).orElseThrow();

    assertThat(token.version()).as("random").isEqualTo(4);
    assertThat(reservations(order)).extracting(Reservation::holdToken).containsOnly(token);
    eventually(() -> assertThat(published(order)).hasSize(2));
    assertThat(published(order).toString()).doesNotContain(token.toString());
    assertThat(storage().orders().events(order).toString()).doesNotContain(token.toString());
  }

  @Test
  void aHoldThatWasMadeWithATokenIsChangedWithItOnly() {
    UUID product = stocked(5);
    UUID token = UUID.randomUUID();
    List<StockLine> lines = List.of(new StockLine(product, 2));

    assertThat(inventory().reserve(id, token, lines, TTL)).isEqualTo(DONE);
    assertThat(inventory().reserve(id, token, lines, TTL)).as("repeated").isEqualTo(DONE);
    assertRefused(inventory().reserve(id, lines, TTL), "by another");
    assertTheOrdersOwn(id);
    assertThat(inventory().extend(id, token, TTL)).isEqualTo(DONE);
    assertThat(inventory().confirm(id, token)).isEqualTo(DONE);
    assertTheOrdersOwn(id);
    assertRefused(inventory().release(id, token), "CONFIRMED");
    assertThat(inventory().reverse(id, token)).isEqualTo(DONE);

    assertReserved(id, ReservationStatus.REVERSED);
    assertStock(product, 5, 0);
  }

  @Test
  void aTokenDoesNotOpenWhatAHostHolds() {
    UUID product = stocked(5);
    UUID token = UUID.randomUUID();
    reserve(product, 2);

    assertRefused(inventory().confirm(id, token), "a host holds it");
    assertRefused(inventory().reverse(id, token), "a host holds it");
    assertRefused(inventory().extend(id, token, TTL), "PENDING");
    assertRefused(
        inventory().reserve(id, token, List.of(new StockLine(product, 2)), TTL), "by another");
    assertThat(inventory().release(id, token)).as("the token holds nothing").isEqualTo(DONE);

    assertReserved(id, ReservationStatus.PENDING);
    assertStock(product, 3, 2);
    inventory().release(id);
  }
}
