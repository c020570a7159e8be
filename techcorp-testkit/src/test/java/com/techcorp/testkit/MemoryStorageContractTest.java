package com.techcorp.testkit;

import com.techcorp.Storage;
import com.techcorp.testkit.contract.ClaimContract;
import com.techcorp.testkit.contract.ConsumerBacklogContract;
import com.techcorp.testkit.contract.DeliveryLogContract;
import com.techcorp.testkit.contract.InboxContract;
import com.techcorp.testkit.contract.JournalContract;
import com.techcorp.testkit.contract.KeysContract;
import com.techcorp.testkit.contract.NodeRegistryContract;
import com.techcorp.testkit.contract.OrderStoreContract;
import com.techcorp.testkit.contract.OutboxContract;
import com.techcorp.testkit.contract.PaymentLedgerContract;
import com.techcorp.testkit.contract.RequestContract;
import com.techcorp.testkit.contract.StockContract;
import com.techcorp.testkit.contract.StuckSagaContract;
import com.techcorp.testkit.contract.UnitOfWorkContract;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/** The storage in memory keeps every contract of a storage. */
class MemoryStorageContractTest {
  private final SteppedClock clock = SteppedClock.create();
  private final MemoryStorage storage = MemoryStorage.create(clock);

  @Nested
  class UnitOfWorks extends UnitOfWorkContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected void advance(Duration step) {
      clock.advance(step);
    }
  }

  @Nested
  class StuckSagas extends StuckSagaContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected void advance(Duration step) {
      clock.advance(step);
    }
  }

  @Nested
  class OrderStores extends OrderStoreContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected void advance(Duration step) {
      clock.advance(step);
    }
  }

  @Nested
  class Keys extends KeysContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected void advance(Duration step) {
      clock.advance(step);
    }
  }

  @Nested
  class Stock extends StockContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected void advance(Duration step) {
      clock.advance(step);
    }
  }

  @Nested
  class Requests extends RequestContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected void advance(Duration step) {
      clock.advance(step);
    }
  }

  @Nested
  class PaymentLedgers extends PaymentLedgerContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected void advance(Duration step) {
      clock.advance(step);
    }
  }

  @Nested
  class Journals extends JournalContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected void advance(Duration step) {
      clock.advance(step);
    }
  }

  @Nested
  class Claims extends ClaimContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected void advance(Duration step) {
      clock.advance(step);
    }
  }

  @Nested
  class NodeRegistries extends NodeRegistryContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected void advance(Duration step) {
      clock.advance(step);
    }
  }

  @Nested
  class Outboxes extends OutboxContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected void advance(Duration step) {
      clock.advance(step);
    }
  }

  @Nested
  class Inboxes extends InboxContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected void advance(Duration step) {
      clock.advance(step);
    }
  }

  @Nested
  class DeliveryLogs extends DeliveryLogContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected void advance(Duration step) {
      clock.advance(step);
    }
  }

  @Nested
  class ConsumerBacklogs extends ConsumerBacklogContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected void advance(Duration step) {
      clock.advance(step);
    }
  }
}
