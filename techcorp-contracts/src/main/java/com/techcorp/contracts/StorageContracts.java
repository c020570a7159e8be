package com.techcorp.contracts;

import org.junit.jupiter.api.Nested;

/** What each port of a storage promises, one group a port. */
public abstract class StorageContracts extends ContractSuite<SteppedStorage> {
  /** For subclasses. */
  protected StorageContracts() {}

  @Nested
  class UnitOfWorks extends UnitOfWorkContract {}

  @Nested
  class StuckSagas extends StuckSagaContract {}

  @Nested
  class OrderStores extends OrderStoreContract {}

  @Nested
  class Keys extends KeysContract {}

  @Nested
  class Stock extends StockContract {}

  @Nested
  class Requests extends RequestContract {}

  @Nested
  class PaymentLedgers extends PaymentLedgerContract {}

  @Nested
  class Journals extends JournalContract {}

  @Nested
  class Claims extends ClaimContract {}

  @Nested
  class NodeRegistries extends NodeRegistryContract {}

  @Nested
  class Outboxes extends OutboxContract {}

  @Nested
  class Inboxes extends InboxContract {}

  @Nested
  class DeliveryLogs extends DeliveryLogContract {}

  @Nested
  class ConsumerBacklogs extends ConsumerBacklogContract {}
}
