package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.SoldOutException;
import com.techcorp.inventory.StockCount;
import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.order.SoldOutOptions;
import com.techcorp.saga.SagaFilter;
import com.techcorp.testkit.SimulatedCharge;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Orders of processes that share counters of available units. */
public abstract class OrderCountersContract extends OrderScenario {
  private final DisturbedCounter counter = new DisturbedCounter();

  /** For subclasses. */
  protected OrderCountersContract() {}

  @BeforeEach
  final void wire() {
    counters = counter;
  }

  private StockCount ledger(UUID product) {
    return Objects.requireNonNull(
        stockSite().storage().stock().counts(List.of(product)).get(product), "never stocked");
  }

  private void assertCounted(UUID product, long available) {
    eventually(
        () -> {
          assertThat(ledger(product).available()).isEqualTo(available);
          assertThat(counter.read(List.of(product))).containsEntry(product, ledger(product));
        });
  }

  private void assertSoldOut(UUID product, long units) {
    assertThatExceptionOfType(SoldOutException.class)
        .isThrownBy(() -> place(product, units))
        .satisfies(thrown -> assertThat(thrown.productId()).isEqualTo(product));
  }

  private boolean sells(UUID product) {
    try {
      return outcome(place(product, 1)) instanceof OrderOutcome.Confirmed;
    } catch (SoldOutException e) {
      return false;
    }
  }

  @Test
  void countersFollowGoodsInHoldsSalesAndReturns() {
    UUID product = stocked(5);
    assertCounted(product, 5);

    UUID paying = paying(SimulatedCharge.decline("no_funds"), product, 2);
    assertCounted(product, 3);

    gateway.releaseWaiting();
    assertThat(outcome(paying)).isInstanceOf(OrderOutcome.Cancelled.class);
    gateway.on().clear();
    assertCounted(product, 5);

    UUID sold = confirmed(product, 4);
    assertCounted(product, 1);

    shop().orders().cancel(customer, sold, "too late");
    assertCounted(product, 5);
  }

  @Test
  void soldOutIsThrownAndNothingIsWritten() {
    UUID product = stocked(2);
    PlaceOrder request = request(product, 3).withKey("checkout");

    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(SoldOutException.class).isThrownBy(() -> place(request));
    }

    assertThat(shop().orders().list(customer, 10)).isEmpty();
    assertThat(storage().journal().list(SagaFilter.all(10))).isEmpty();
    assertStock(product, 2, 0);
  }

  @Test
  void anExplicitSettingWins() {
    orderOptions = orderOptions.withSoldOut(SoldOutOptions.DEFAULT.withRecorded(true));
    UUID product = stocked(1);

    for (int i = 0; i < 3; i++) {
      OrderReceipt receipt = place(product, 2);
      assertThat(outcome(receipt))
          .isEqualTo(
              new OrderOutcome.Cancelled(receipt.orderId(), new CancelReason.OutOfStock(product)));
    }
  }

  @Test
  void whatComesBackElsewhereIsSoldSoon() {
    UUID product = stocked(1);
    confirmed(product, 1);
    assertSoldOut(product, 1);

    another().inventory().restock(product, 1);
    received(product, 1);

    eventually(() -> assertThat(sells(product)).isTrue());
    assertCounted(product, 0);
  }

  @Test
  void aRepeatGetsItsOrderAlsoWhenNothingIsLeft() {
    UUID product = stocked(1);
    PlaceOrder request = request(product, 1).withKey("checkout");
    UUID order = place(request).orderId();
    outcome(order);
    assertSoldOut(product, 1);

    assertThat(place(request).orderId()).isEqualTo(order);
  }

  @Test
  void ordersGoOnWhileCountersAreAwayAndLaterTheyFollow() {
    UUID product = stocked(9);
    counter.away = true;

    confirmed(product, 4);
    confirmed(product, 5);
    assertSoldOut(product, 1);
    another().inventory().restock(product, 1);
    received(product, 1);
    eventually(() -> assertThat(sells(product)).isTrue());

    counter.away = false;
    assertCounted(product, 0);
  }

  @Test
  @Tag("T07")
  @DisplayName("T07 a counter that is wrongly low keeps nobody from buying")
  void aCounterThatIsTooLowKeepsNobodyFromBuying() {
    UUID product = stocked(3);
    assertCounted(product, 3);
    counter.write(List.of(new StockCount(product, 0, Long.MAX_VALUE)));

    confirmed(product, 1);
    assertSoldOut(product, 3);
    confirmed(product, 2);
  }

  @Test
  @Tag("T58")
  @DisplayName("T58 a counter that is too high sells nothing that is not there")
  void aCounterThatIsTooHighSellsNothing() {
    UUID product = stocked(1);
    confirmed(product, 1);
    counter.write(List.of(new StockCount(product, 100, Long.MAX_VALUE)));

    for (int i = 0; i < 30; i++) {
      assertSoldOut(product, 1);
    }
    assertStock(product, 0, 0);
  }
}
