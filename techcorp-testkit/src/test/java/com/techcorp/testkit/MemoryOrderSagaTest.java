package com.techcorp.testkit;

import com.techcorp.Storage;
import com.techcorp.testkit.contract.CartReuseContract;
import com.techcorp.testkit.contract.HeededSignalsContract;
import com.techcorp.testkit.contract.InventoryReserverContract;
import com.techcorp.testkit.contract.LateAnswerContract;
import com.techcorp.testkit.contract.OrderAmountContract;
import com.techcorp.testkit.contract.OrderBulkheadContract;
import com.techcorp.testkit.contract.OrderCancellationContract;
import com.techcorp.testkit.contract.OrderConsumersContract;
import com.techcorp.testkit.contract.OrderExtraStepsContract;
import com.techcorp.testkit.contract.OrderFaultsContract;
import com.techcorp.testkit.contract.OrderFreeContract;
import com.techcorp.testkit.contract.OrderIdempotencyContract;
import com.techcorp.testkit.contract.OrderLifecycleContract;
import com.techcorp.testkit.contract.OrderNotificationContract;
import com.techcorp.testkit.contract.OrderOddAmountContract;
import com.techcorp.testkit.contract.OrderPaymentContract;
import com.techcorp.testkit.contract.OrderRefundContract;
import com.techcorp.testkit.contract.OrderRefundWindowContract;
import com.techcorp.testkit.contract.OrderSagaContract;
import com.techcorp.testkit.contract.OrderSecretsContract;
import com.techcorp.testkit.contract.OrderSoldOutContract;
import com.techcorp.testkit.contract.OrderTrapsContract;
import com.techcorp.testkit.contract.SagaAdminContract;
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
