package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.error.SoldOutException;
import com.techcorp.inventory.InProcessStockCounter;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.StockCounter;
import com.techcorp.order.OrderOutcome;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stock in another database: its service writes the counters, and the orders' processes read. */
public abstract class OrderRemoteCountersContract extends OrderScenario {
  private final StockCounter counter = new InProcessStockCounter();
  private final AtomicInteger asked = new AtomicInteger();
  private RemoteInventory site;

  /** For subclasses. */
  protected OrderRemoteCountersContract() {}

  @Override
  final InventoryTopology stockSite() {
    return site;
  }

  @BeforeEach
  final void open() {
    site = new RemoteInventory(adapter().inventory().storage());
    site.counters = counter;
    counters = counter;
    site.wire =
        inner ->
            WiredStorage.proxy(
                InventoryReserver.class,
                inner,
                (method, call) -> {
                  if (method.equals("reserve")) {
                    asked.incrementAndGet();
                  }
                  return call.make();
                });
  }

  /** Whether an order is confirmed; the first that falls short is recorded, later ones are not. */
  private boolean sells(UUID product, long units) {
    try {
      return outcome(place(product, units)) instanceof OrderOutcome.Confirmed;
    } catch (SoldOutException e) {
      return false;
    }
  }

  @Test
  void theServiceThatKeepsTheStockWritesTheCounters() {
    UUID product = stocked(3);
    assertThat(sells(product, 2)).isTrue();

    eventually(
        () ->
            assertThat(counter.read(List.of(product)))
                .isEqualTo(site.storage().stock().counts(List.of(product))));
    assertThat(counter.read(List.of(product)).values())
        .extracting(StockCount::available)
        .containsExactly(1L);
  }

  @Test
  void whatIsKnownToFallShortDoesNotAskTheInventory() {
    UUID product = stocked(1);
    int orders = 40;

    for (int i = 0; i < orders; i++) {
      assertThat(sells(product, 2)).isFalse();
    }

    assertThat(asked).hasValueLessThan(orders);
    assertThat(sells(product, 1)).isTrue();
  }

  @Test
  void whatComesBackIsSoldSoon() {
    UUID product = stocked(1);
    assertThat(sells(product, 1)).isTrue();
    assertThat(sells(product, 1)).isFalse();

    site.inventory().restock(product, 1);
    received(product, 1);

    eventually(() -> assertThat(sells(product, 1)).isTrue());
  }
}
