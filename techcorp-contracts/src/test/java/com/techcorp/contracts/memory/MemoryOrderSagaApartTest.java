package com.techcorp.contracts.memory;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.InProcessEventBus;
import com.techcorp.InventoryService;
import com.techcorp.Storage;
import com.techcorp.TechCorp;
import com.techcorp.contracts.RemoteInventory;
import com.techcorp.contracts.RemoteInventoryContracts;
import com.techcorp.contracts.SteppedStorage;
import com.techcorp.error.WiringException;
import com.techcorp.testkit.MemoryCarts;
import com.techcorp.testkit.MemoryCatalog;
import com.techcorp.testkit.MemoryCustomers;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.SimulatedGateway;
import com.techcorp.testkit.SteppedClock;
import org.junit.jupiter.api.Test;

/** The behaviour of orders whose stock is in another storage, both in memory. */
class MemoryOrderSagaApartTest extends RemoteInventoryContracts {
  @Override
  protected SteppedStorage open() {
    SteppedClock clock = SteppedClock.create();
    return SteppedStorage.of(
        MemoryStorage.create(clock), clock, new RemoteInventory(MemoryStorage.create(clock)));
  }

  @Test
  void anInventoryElsewhereNeedsEventsThatReachIt() {
    SteppedClock clock = SteppedClock.create();
    Storage storage = MemoryStorage.create(clock);
    Storage stock = MemoryStorage.create(clock);
    try (InventoryService service =
        InventoryService.builder()
            .storage(stock)
            .events(new InProcessEventBus(stock.inbox()))
            .start()) {
      TechCorp.Builder shop =
          TechCorp.builder()
              .storage(storage)
              .payments(SimulatedGateway.approving())
              .carts(new MemoryCarts())
              .catalog(new MemoryCatalog())
              .customers(new MemoryCustomers())
              .inventory(service.inventory());

      assertThatThrownBy(shop::start)
          .isInstanceOf(WiringException.class)
          .hasMessageContainingAll("event bus", "events(");
    }
    assertThatThrownBy(() -> InventoryService.builder().storage(storage).start())
        .isInstanceOf(WiringException.class)
        .hasMessageContaining("no event bus");
  }
}
