package com.techcorp.contracts.memory;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.InProcessEventBus;
import com.techcorp.InventoryService;
import com.techcorp.Storage;
import com.techcorp.TechCorp;
import com.techcorp.contracts.InventoryReserverContract;
import com.techcorp.contracts.InventoryTopology;
import com.techcorp.contracts.LateAnswerContract;
import com.techcorp.contracts.OrderAmountContract;
import com.techcorp.contracts.OrderBulkheadContract;
import com.techcorp.contracts.OrderCancellationContract;
import com.techcorp.contracts.OrderExtraStepsContract;
import com.techcorp.contracts.OrderFreeContract;
import com.techcorp.contracts.OrderIdempotencyContract;
import com.techcorp.contracts.OrderLifecycleContract;
import com.techcorp.contracts.OrderNotificationContract;
import com.techcorp.contracts.OrderPaymentContract;
import com.techcorp.contracts.OrderRefundContract;
import com.techcorp.contracts.OrderRemoteInventoryContract;
import com.techcorp.contracts.OrderSagaContract;
import com.techcorp.contracts.OrderSecretsContract;
import com.techcorp.contracts.OrderTrapsContract;
import com.techcorp.contracts.SagaAdminContract;
import com.techcorp.error.WiringException;
import com.techcorp.testkit.MemoryCarts;
import com.techcorp.testkit.MemoryCatalog;
import com.techcorp.testkit.MemoryCustomers;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.SimulatedGateway;
import com.techcorp.testkit.SteppedClock;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The behaviour of orders whose stock is in another storage, both in memory. */
class MemoryOrderSagaApartTest {
  private final SteppedClock clock = SteppedClock.create();
  private final Storage storage = MemoryStorage.create(clock);
  private final InventoryTopology stock = InventoryTopology.apart(MemoryStorage.create(clock));

  @Test
  void anInventoryElsewhereNeedsEventsThatReachIt() {
    try (InventoryService service =
        InventoryService.builder()
            .storage(stock.storage())
            .events(new InProcessEventBus(stock.storage().inbox()))
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

  @Nested
  class Placement extends OrderSagaContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected InventoryTopology stockSite() {
      return stock;
    }
  }

  @Nested
  class Payment extends OrderPaymentContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected InventoryTopology stockSite() {
      return stock;
    }
  }

  @Nested
  class Amounts extends OrderAmountContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected InventoryTopology stockSite() {
      return stock;
    }
  }

  @Nested
  class Bulkheads extends OrderBulkheadContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected InventoryTopology stockSite() {
      return stock;
    }
  }

  @Nested
  class LateAnswers extends LateAnswerContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected InventoryTopology stockSite() {
      return stock;
    }
  }

  @Nested
  class ExtraSteps extends OrderExtraStepsContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected InventoryTopology stockSite() {
      return stock;
    }
  }

  @Nested
  class Traps extends OrderTrapsContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected InventoryTopology stockSite() {
      return stock;
    }
  }

  @Nested
  class Refunds extends OrderRefundContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected InventoryTopology stockSite() {
      return stock;
    }
  }

  @Nested
  class FreeOrders extends OrderFreeContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected InventoryTopology stockSite() {
      return stock;
    }
  }

  @Nested
  class Cancellation extends OrderCancellationContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected InventoryTopology stockSite() {
      return stock;
    }
  }

  @Nested
  class Lifecycle extends OrderLifecycleContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected InventoryTopology stockSite() {
      return stock;
    }
  }

  @Nested
  class Idempotency extends OrderIdempotencyContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected InventoryTopology stockSite() {
      return stock;
    }
  }

  @Nested
  class Notification extends OrderNotificationContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected InventoryTopology stockSite() {
      return stock;
    }
  }

  @Nested
  class Inventory extends InventoryReserverContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected InventoryTopology stockSite() {
      return stock;
    }
  }

  @Nested
  class Admin extends SagaAdminContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected InventoryTopology stockSite() {
      return stock;
    }
  }

  @Nested
  class Secrets extends OrderSecretsContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected InventoryTopology stockSite() {
      return stock;
    }
  }

  @Nested
  class Faults extends OrderRemoteInventoryContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected Storage stockStorage() {
      return stock.storage();
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }
  }
}
