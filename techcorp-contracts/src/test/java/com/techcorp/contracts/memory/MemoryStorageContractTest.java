package com.techcorp.contracts.memory;

import com.techcorp.Storage;
import com.techcorp.contracts.ClaimContract;
import com.techcorp.contracts.ConsumerBacklogContract;
import com.techcorp.contracts.DeliveryLogContract;
import com.techcorp.contracts.InboxContract;
import com.techcorp.contracts.JournalContract;
import com.techcorp.contracts.KeysContract;
import com.techcorp.contracts.NodeRegistryContract;
import com.techcorp.contracts.OrderStoreContract;
import com.techcorp.contracts.OutboxContract;
import com.techcorp.contracts.PaymentLedgerContract;
import com.techcorp.contracts.RequestContract;
import com.techcorp.contracts.StockContract;
import com.techcorp.contracts.StuckSagaContract;
import com.techcorp.contracts.UnitOfWorkContract;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.SteppedClock;
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
