package com.techcorp.contracts.memory;

import com.techcorp.Storage;
import com.techcorp.contracts.CartReuseContract;
import com.techcorp.contracts.HeededSignalsContract;
import com.techcorp.contracts.InventoryReserverContract;
import com.techcorp.contracts.LateAnswerContract;
import com.techcorp.contracts.OrderAmountContract;
import com.techcorp.contracts.OrderBulkheadContract;
import com.techcorp.contracts.OrderCancellationContract;
import com.techcorp.contracts.OrderConsumersContract;
import com.techcorp.contracts.OrderExtraStepsContract;
import com.techcorp.contracts.OrderFaultsContract;
import com.techcorp.contracts.OrderFreeContract;
import com.techcorp.contracts.OrderIdempotencyContract;
import com.techcorp.contracts.OrderLifecycleContract;
import com.techcorp.contracts.OrderNotificationContract;
import com.techcorp.contracts.OrderOddAmountContract;
import com.techcorp.contracts.OrderPaymentContract;
import com.techcorp.contracts.OrderRefundContract;
import com.techcorp.contracts.OrderRefundWindowContract;
import com.techcorp.contracts.OrderSagaContract;
import com.techcorp.contracts.OrderSecretsContract;
import com.techcorp.contracts.OrderSoldOutContract;
import com.techcorp.contracts.OrderTrapsContract;
import com.techcorp.contracts.SagaAdminContract;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.SteppedClock;
import org.junit.jupiter.api.Nested;

/** The behaviour of orders, on the storage in memory. */
class MemoryOrderSagaTest {
  private final SteppedClock clock = SteppedClock.create();
  private final Storage storage = MemoryStorage.create(clock);

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
  }

  @Nested
  class RefundsAfterTheWindow extends OrderRefundWindowContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
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
  }

  @Nested
  class OddAmounts extends OrderOddAmountContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }
  }

  @Nested
  class SoldOutProducts extends OrderSoldOutContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
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
  }

  @Nested
  class Consumers extends OrderConsumersContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
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
  }

  @Nested
  class CartReuse extends CartReuseContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }
  }

  @Nested
  class Heeded extends HeededSignalsContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
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
  }

  @Nested
  class Faults extends OrderFaultsContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
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
  }
}
