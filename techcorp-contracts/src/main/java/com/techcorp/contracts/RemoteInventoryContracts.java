package com.techcorp.contracts;

import org.junit.jupiter.api.Nested;

/**
 * What orders do while their stock is in another storage: {@link SteppedStorage#inventory} gives a
 * {@link RemoteInventory}.
 */
public abstract class RemoteInventoryContracts extends ContractSuite<SteppedStorage> {
  /** For subclasses. */
  protected RemoteInventoryContracts() {}

  @Nested
  class Placement extends OrderSagaContract {}

  @Nested
  class Payment extends OrderPaymentContract {}

  @Nested
  class HoldTime extends OrderHoldTimeContract {}

  @Nested
  class Amounts extends OrderAmountContract {}

  @Nested
  class Bulkheads extends OrderBulkheadContract {}

  @Nested
  class LateCharges extends LateChargeContract {}

  @Nested
  class LateReports extends LateReportContract {}

  @Nested
  class ExtraSteps extends OrderExtraStepsContract {}

  @Nested
  class Races extends OrderRacesContract {}

  @Nested
  class Outages extends OrderOutagesContract {}

  @Nested
  class Bounds extends OrderBoundsContract {}

  @Nested
  class Refunds extends OrderRefundContract {}

  @Nested
  class FreeOrders extends OrderFreeContract {}

  @Nested
  class Cancellation extends OrderCancellationContract {}

  @Nested
  class Lifecycle extends OrderLifecycleContract {}

  @Nested
  class Events extends OrderEventsContract {}

  @Nested
  class StockEvents extends OrderStockEventsContract {}

  @Nested
  class History extends OrderHistoryContract {}

  @Nested
  class Idempotency extends OrderIdempotencyContract {}

  @Nested
  class Notification extends OrderNotificationContract {}

  @Nested
  class InventoryHolds extends InventoryReserverHoldsContract {}

  @Nested
  class InventoryExpiry extends InventoryReserverExpiryContract {}

  @Nested
  class InventoryOwners extends InventoryReserverOwnersContract {}

  @Nested
  class Admin extends SagaAdminContract {}

  @Nested
  class Secrets extends OrderSecretsContract {}

  @Nested
  class Counters extends OrderRemoteCountersContract {}

  @Nested
  class Faults extends OrderRemoteInventoryContract {}
}
