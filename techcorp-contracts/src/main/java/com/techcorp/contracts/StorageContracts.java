package com.techcorp.contracts;

import org.junit.jupiter.api.Nested;

/** What each port of a storage promises: one group a subject, named after its port. */
public abstract class StorageContracts extends ContractSuite<SteppedStorage> {
  /** For subclasses. */
  protected StorageContracts() {}

  @Nested
  class UnitOfWorkEffects extends UnitOfWorkEffectsContract {}

  @Nested
  class UnitOfWorkContention extends UnitOfWorkContentionContract {}

  @Nested
  class StuckSagas extends StuckSagaContract {}

  @Nested
  class OrderStores extends OrderStoreContract {}

  @Nested
  class OrderStoreEvents extends OrderStoreEventsContract {}

  @Nested
  class Keys extends KeysContract {}

  @Nested
  class StockLevels extends StockLevelsContract {}

  @Nested
  class StockCounts extends StockCountsContract {}

  @Nested
  class StockEvents extends StockEventsContract {}

  @Nested
  class StockHolds extends StockHoldsContract {}

  @Nested
  class StockSales extends StockSalesContract {}

  @Nested
  class StockTokens extends StockTokensContract {}

  @Nested
  class Requests extends RequestContract {}

  @Nested
  class PaymentLedgerCharges extends PaymentLedgerChargesContract {}

  @Nested
  class PaymentLedgerRefunds extends PaymentLedgerRefundsContract {}

  @Nested
  class PaymentLedgerReports extends PaymentLedgerReportsContract {}

  @Nested
  class PaymentLedgerAmounts extends PaymentLedgerAmountsContract {}

  @Nested
  class JournalPositions extends JournalPositionsContract {}

  @Nested
  class JournalSignals extends JournalSignalsContract {}

  @Nested
  class JournalEnds extends JournalEndsContract {}

  @Nested
  class Claims extends ClaimContract {}

  @Nested
  class NodeRegistries extends NodeRegistryContract {}

  @Nested
  class OutboxEvents extends OutboxEventsContract {}

  @Nested
  class OutboxHolders extends OutboxHoldersContract {}

  @Nested
  class Inboxes extends InboxContract {}

  @Nested
  class DeliveryLogs extends DeliveryLogContract {}

  @Nested
  class ConsumerBacklogQueues extends ConsumerBacklogQueuesContract {}

  @Nested
  class ConsumerBacklogHolders extends ConsumerBacklogHoldersContract {}

  @Nested
  class ConsumerBacklogDeadLetters extends ConsumerBacklogDeadLettersContract {}
}
